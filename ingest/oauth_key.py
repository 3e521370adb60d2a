"""An application's certificate and its private key, looked at before msal has them: its own errors name neither."""

import time
from pathlib import Path
from typing import TYPE_CHECKING

from ingest.errors import SecretUnreadable, TokenRefused
from ingest.secrets import MAX_BYTES, Secret

if TYPE_CHECKING:
    from cryptography import x509


def client_certificate(path: str, key: Secret) -> dict[str, str]:
    """What msal takes for a certificate: both in PEM. Raises SecretUnreadable, TokenRefused (it has ended)."""
    from cryptography import x509
    from cryptography.hazmat.primitives.serialization import load_pem_private_key

    pem = _file(path)
    try:
        certificate = x509.load_pem_x509_certificate(pem.encode())
    except ValueError:
        raise SecretUnreadable(ref=path, reason="not a certificate") from None
    private = None
    try:
        private = load_pem_private_key(key.reveal().encode(), None)
    except (ValueError, TypeError):
        problem = "not a private key"
    else:
        problem = _mismatch(private, certificate)
    del private  # not in a frame of what is raised
    if problem:
        raise SecretUnreadable(ref=path, reason=problem)
    if certificate.not_valid_after_utc.timestamp() < time.time():
        raise TokenRefused(reason="certificate-expired", ref=path)
    return {"private_key": key.reveal(), "public_certificate": pem}


def _mismatch(private: object, certificate: "x509.Certificate") -> str:
    """As msal signs, with RSA alone (PS256)."""
    from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey

    if not isinstance(private, RSAPrivateKey):
        return "not an RSA key"
    return "" if private.public_key() == certificate.public_key() else "key of another certificate"


def _file(path: str) -> str:
    try:
        with Path(path).expanduser().open("rb") as file:
            return file.read(MAX_BYTES).decode("ascii")
    except OSError as error:
        raise SecretUnreadable(ref=path, reason=error.strerror) from None
    except (ValueError, RuntimeError):
        raise SecretUnreadable(ref=path, reason="not a certificate") from None
