"""Real servers for tests: pymap and Dovecot on loopback with throw-away certificates, and one that says what it is told.

Each is ready when its banner has been read. A server that is not installed skips its tests loudly; where
ATERKOM_TEST_REQUIRE names it (`dovecot,postgresql`) the tests fail instead.
"""

import base64
import contextlib
import grp
import hmac
import imaplib
import json
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
import trustme
from imapclient.imap_utf7 import encode as encode_utf7

from ingest.imap import ImapConfig, ImapSource
from ingest.imap_wire import Limits
from ingest.secrets import Secret

PASSWORD = "hemligt å"
HOW_TO_GET = {
    "chromium": "apt-get install chromium",
    "dovecot": "apt-get install dovecot-imapd",
    "postgresql": "apt-get install postgresql",
}
START_SECONDS = 30.0
SBIN = "/usr/local/sbin:/usr/sbin:/sbin"


def program(name: str) -> str | None:
    """Where a server's program is; Debian keeps it out of an ordinary user's PATH."""
    return shutil.which(name, path=f"{os.environ.get('PATH', os.defpath)}:{SBIN}")


def require(name: str, *, found: bool) -> None:
    """Skips the test without the server `name`, or fails it if ATERKOM_TEST_REQUIRE says that it must be there."""
    if found:
        return
    message = f"{name} is missing, so this was NOT tested; get it with: {HOW_TO_GET[name]}"
    if name in os.environ.get("ATERKOM_TEST_REQUIRE", "").replace(" ", "").split(","):
        pytest.fail(message)
    pytest.skip(message)


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@dataclass
class MailServer:
    """A running IMAP server. `port` speaks plain and STARTTLS, `tls_port` TLS."""

    port: int
    user: str = "handlaggare"
    password: str = PASSWORD
    tls_port: int | None = None
    ca_file: str | None = None

    def config(self, **changes: Any) -> ImapConfig:
        """How to reach it: over TLS where it has that port."""
        settings: dict[str, Any] = {"security": "plain", "port": self.port}
        if self.tls_port is not None:
            settings = {"security": "tls", "port": self.tls_port, "ca_file": self.ca_file}
        return ImapConfig(**{"host": "localhost", "user": self.user, **settings, **changes})

    def source(self, **changes: Any) -> ImapSource:
        return ImapSource(self.config(**changes), Secret(self.password))

    @contextlib.contextmanager
    def arrange(self) -> Iterator[imaplib.IMAP4]:
        """A writing connection, for what tests have to set up."""
        with imaplib.IMAP4("localhost", self.port) as client:
            client.sock.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)  # imaplib sends in small pieces
            client.authenticate("PLAIN", lambda _: f"\0{self.user}\0{self.password}".encode())
            yield client

    def create(self, *folders: str) -> None:
        with self.arrange() as client:
            for folder in folders:
                client.create(_quoted(folder))

    def append(self, folder: str, *raws: bytes) -> None:
        """Byte for byte; imaplib's own append would rewrite line ends."""
        with self.arrange() as client:
            for raw in raws:
                client.literal = raw  # type: ignore[assignment]
                kind, data = client._simple_command("APPEND", _quoted(folder))
                assert kind == "OK", data

    def expunge(self, folder: str, uid: int) -> None:
        with self.arrange() as client:
            client.select(_quoted(folder))
            client.uid("STORE", str(uid), "+FLAGS", r"(\Deleted)")
            client.expunge()

    def mark(self, folder: str, uid: int, *flags: str) -> None:
        """The mail has these flags, and no other."""
        with self.arrange() as client:
            client.select(_quoted(folder))
            kind, data = client.uid("STORE", str(uid), "FLAGS", f"({' '.join(flags)})")
            assert kind == "OK", data

    def rename(self, folder: str, name: str) -> None:
        with self.arrange() as client:
            kind, data = client.rename(_quoted(folder), _quoted(name))
            assert kind == "OK", data

    def delete(self, folder: str) -> None:
        with self.arrange() as client:
            kind, data = client.delete(_quoted(folder))
            assert kind == "OK", data

    def flags(self, folder: str) -> list[bytes]:
        """The flags of each mail, as the server keeps them."""
        with self.arrange() as client:
            client.select(_quoted(folder), readonly=True)
            _, data = client.fetch("1:*", "(FLAGS)")
            lines = [line for line in data if isinstance(line, bytes)]
            return [line.replace(rb" \Recent", b"").replace(rb"\Recent", b"") for line in lines]


def _quoted(folder: str) -> str:
    return '"' + str(encode_utf7(folder), "ascii").replace("\\", "\\\\").replace('"', '\\"') + '"'


def _wait_for_banner(process: subprocess.Popen[bytes], port: int) -> bool:
    """False if the server ended before it spoke."""
    for _ in range(int(START_SECONDS / 0.02)):
        address = ("127.0.0.1", port)
        with (
            contextlib.suppress(OSError),
            socket.create_connection(address, timeout=START_SECONDS) as connection,
        ):
            if connection.recv(4) == b"* OK":
                return True
        with contextlib.suppress(subprocess.TimeoutExpired):
            process.wait(0.02)
            return False
    return False


@contextlib.contextmanager
def running(command: list[str], port: int, **options: Any) -> Iterator[bool]:
    """The process, until the block ends; yields whether it got as far as its banner."""
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(command, stdin=subprocess.DEVNULL, stdout=output, stderr=output, **options)
        try:
            yield _wait_for_banner(process, port)
        finally:
            process.terminate()
            try:
                process.wait(10)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()


def _started(
    start: Callable[[int], contextlib.AbstractContextManager[bool]], stack: contextlib.ExitStack
) -> int:
    """A free port may be taken before the server has it: three tries."""
    for _ in range(3):
        port = free_port()
        attempt = contextlib.ExitStack()
        if attempt.enter_context(start(port)):
            stack.push(attempt)
            return port
        attempt.close()
    pytest.fail("the server does not start")


@dataclass(frozen=True)
class Certificates:
    """A certificate authority of the test run and what it has signed."""

    ca_file: str
    cert_file: str
    key_file: str
    stranger_ca_file: str
    wrong_name_file: str
    expired_file: str


@pytest.fixture(scope="session")
def certificates(tmp_path_factory: pytest.TempPathFactory) -> Certificates:
    return issue(tmp_path_factory.mktemp("tls"))


def issue(folder: Path) -> Certificates:
    """For localhost, for another name, and one that has expired; the stranger has signed nothing."""
    authority, stranger = trustme.CA(), trustme.CA()
    authority.cert_pem.write_to_path(folder / "ca.pem")
    stranger.cert_pem.write_to_path(folder / "stranger.pem")
    past = datetime(2021, 10, 31, tzinfo=UTC)
    issued = {
        "server": authority.issue_cert("localhost", "127.0.0.1"),
        "other": authority.issue_cert("imap.example"),
        "expired": authority.issue_cert("localhost", "127.0.0.1", not_after=past),
    }
    for name, certificate in issued.items():
        certificate.private_key_and_cert_chain_pem.write_to_path(folder / f"{name}.pem")
    server, other, expired = (str(folder / f"{name}.pem") for name in issued)
    strangers = str(folder / "stranger.pem")
    return Certificates(str(folder / "ca.pem"), server, server, strangers, other, expired)


# pymap in memory has one user; a test run needs many mailboxes of one process, which takes a second to start.
PYMAP = """
from pymap.backend.dict import DictBackend
from pymap.main import main
from pymap.user import UserMetadata
from pysasl.hashing import BuiltinHash

BuiltinHash.__init__.__kwdefaults__["rounds"] = 1000  # half a million takes half a second a sign-in
add_first = DictBackend._add_demo_user

async def add_all(config, login):
    await add_first(config, login)
    password = login.users_dict[config.demo_user].password
    for number in range(10_000):
        name = f"u{number}"
        login.users_dict[name] = UserMetadata(config, name, password=password)

DictBackend._add_demo_user = add_all
main()
"""


@dataclass
class Pymap:
    """A pymap for the test run, in memory: gives back the bytes that were appended. Any user uN has a mailbox."""

    port: int
    ca_file: str | None = None
    users: int = 0

    def mailbox(self) -> MailServer:
        """A mailbox that no other test has."""
        self.users += 1
        return MailServer(self.port, f"u{self.users}", "hemligt", ca_file=self.ca_file)


@contextlib.contextmanager
def _pymap(*options: str, ca_file: str | None = None) -> Iterator[Pymap]:
    pytest.importorskip("pymap", reason="pymap is missing; get it with: pip install 'aterkom[demo]'")

    def start(port: int) -> contextlib.AbstractContextManager[bool]:
        listen = ("--host", "127.0.0.1", "--port", str(port))
        command = [sys.executable, "-W", "ignore", "-c", PYMAP, *listen, *options]
        return running([*command, "dict", "--demo-password", "hemligt"], port)

    with contextlib.ExitStack() as stack:
        yield Pymap(_started(start, stack), ca_file)


@pytest.fixture(scope="session")
def pymap_server() -> Iterator[Pymap]:
    with _pymap("--no-tls") as server:
        yield server


@pytest.fixture
def pymap(pymap_server: Pymap) -> MailServer:
    """An empty mailbox of pymap's, unencrypted."""
    return pymap_server.mailbox()


@pytest.fixture(scope="session")
def pymap_starttls(certificates: Certificates) -> Iterator[Pymap]:
    """The same with STARTTLS and a certificate for localhost, and no sign-in before it."""
    options = ("--cert", certificates.cert_file, "--key", certificates.key_file)
    with _pymap(*options, ca_file=certificates.ca_file) as server:
        yield server


DOVECOT_CONF = """
base_dir = {base}/run
state_dir = {base}/state
instance_name = aterkom-{port}
log_path = {base}/log
protocols = imap
listen = 127.0.0.1
default_internal_user = {owner}
default_internal_group = {group}
default_login_user = {owner}
disable_plaintext_auth = no
auth_mechanisms = plain login xoauth2 oauthbearer
auth_failure_delay = 0
first_valid_uid = 1
first_valid_gid = 1
mail_location = maildir:{base}/mail/%u:INDEX={base}/index/%u:CONTROL={base}/control/%u
mail_fsync = never
mail_max_userip_connections = 100
ssl = yes
ssl_cert = <{base}/server.pem
ssl_key = <{base}/server.pem
passdb {{
  driver = static
  mechanisms = plain login
  args = password={password}
}}
passdb {{
  driver = oauth2
  mechanisms = xoauth2 oauthbearer
  args = {base}/oauth2.conf
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={base}/mail/%u allow_all_users=yes
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Skickat {{
    special_use = \\Sent
  }}
}}
service anvil {{
  chroot =
  unix_listener anvil-auth-penalty {{
    mode = 0
  }}
}}
service imap-login {{
  chroot =
  service_count = 0
  process_min_avail = 1
  inet_listener imap {{
    address = 127.0.0.1
    port = {port}
  }}
  inet_listener imaps {{
    address = 127.0.0.1
    port = {tls_port}
    ssl = yes
  }}
}}
service stats {{
  chroot =
}}
"""

# Tokens are JWTs that Dovecot checks by itself (https://doc.dovecot.org/2.3/configuration_manual/authentication/oauth2/).
OAUTH2_CONF = """
introspection_mode = local
local_validation_key_dict = fs:posix:prefix={base}/keys/
username_attribute = email
client_id = {audience}
issuers = {issuer}
"""
AUDIENCE = "aterkom-prov"
ISSUER = "https://inloggning.example"
TOKEN_KEY = b"en nyckel som bara proven har ..."


def access_token(user: str, **claims: Any) -> str:
    """A token that Dovecot takes from `user`, unless a claim says otherwise (None: without it)."""
    now = int(time.time())
    told: dict[str, Any] = {"sub": "s", "email": user, "aud": AUDIENCE, "iss": ISSUER}
    told |= {"iat": now - 5, "nbf": now - 5, "exp": now + 3600}
    kept = {name: value for name, value in {**told, **claims}.items() if value is not None}
    said = b".".join(_url64(json.dumps(part).encode()) for part in ({"alg": "HS256", "typ": "JWT"}, kept))
    return b".".join((said, _url64(hmac.digest(TOKEN_KEY, said, "sha256")))).decode()


def _url64(data: bytes) -> bytes:
    return base64.urlsafe_b64encode(data).rstrip(b"=")


@dataclass
class Dovecot:
    """A Dovecot for the test run; any user name is an empty mailbox of its own."""

    base: Path
    port: int
    tls_port: int
    ca_file: str
    users: int = 0

    def mailbox(self) -> MailServer:
        """A mailbox that no other test has."""
        self.users += 1
        return MailServer(self.port, f"u{self.users}", "hemligt", self.tls_port, self.ca_file)

    def doveadm(self, *arguments: str) -> str:
        done = subprocess.run(
            [program("doveadm") or "doveadm", "-c", str(self.base / "dovecot.conf"), *arguments],
            check=True,
            capture_output=True,
            text=True,
        )
        return done.stdout

    def renumber(self, user: str, folder: str, uidvalidity: int) -> None:
        """Another UIDVALIDITY, up or down."""
        self.doveadm("mailbox", "update", "-u", user, "--uid-validity", str(uidvalidity), folder)


@pytest.fixture(scope="session")
def dovecot(certificates: Certificates) -> Iterator[Dovecot]:
    require("dovecot", found=program("dovecot") is not None)
    with serving(certificates) as server:
        yield server


@contextlib.contextmanager
def serving(certificates: Certificates) -> Iterator[Dovecot]:
    """A real Dovecot with plain, STARTTLS and TLS. As root its mail belongs to nobody, else to us."""
    binary = program("dovecot")
    # Short: a socket's path has 107 characters at most.
    with tempfile.TemporaryDirectory(prefix="dc") as folder, contextlib.ExitStack() as stack:
        base = Path(folder)
        tls_port = free_port()

        def start(port: int) -> contextlib.AbstractContextManager[bool]:
            _configure(base, port, tls_port, certificates)
            return running([str(binary), "-F", "-c", str(base / "dovecot.conf")], port)

        port = _started(start, stack)
        yield Dovecot(base, port, tls_port, certificates.ca_file)


def _configure(base: Path, port: int, tls_port: int, certificates: Certificates) -> None:
    owner = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
    facts = {"base": base, "port": port, "tls_port": tls_port, "owner": owner.pw_name, "password": "hemligt"}
    facts |= {"uid": owner.pw_uid, "gid": owner.pw_gid, "group": grp.getgrgid(owner.pw_gid).gr_name}
    (base / "dovecot.conf").write_text(DOVECOT_CONF.format(**facts))
    (base / "oauth2.conf").write_text(OAUTH2_CONF.format(base=base, audience=AUDIENCE, issuer=ISSUER))
    keys = base / "keys" / "default" / "HS256"
    keys.mkdir(parents=True, exist_ok=True)
    (keys / "default").write_bytes(base64.b64encode(TOKEN_KEY))
    shutil.copy(certificates.cert_file, base / "server.pem")
    for name in ("run", "state", "index", "control", "mail"):
        (base / name).mkdir(exist_ok=True)
    if os.getuid() == 0:
        for path in (base, *base.rglob("*")):
            os.chown(path, owner.pw_uid, owner.pw_gid)


@pytest.fixture
def dovecot_mailbox(dovecot: Dovecot) -> MailServer:
    return dovecot.mailbox()


Reply = bytes | None
SHORT = Limits(connect=5.0, silence=0.2, command=5.0, session=10.0)


@dataclass
class Scripted:
    """A server that answers each command by its name from `replies`: what comes before the tagged OK.

    A reply with `%T` in it is all there is: `%T` is the tag, `%N` waits for the other side's next line.
    None says nothing more, for as long as the other side waits; b"" hangs up. `heard` is every line that came.
    """

    replies: Mapping[str, Reply] = field(default_factory=dict)
    greeting: Reply = b"* OK ready\r\n"
    capabilities: str = "IMAP4rev1 AUTH=PLAIN"
    cert_file: str | None = None
    heard: list[bytes] = field(default_factory=list)
    port: int = 0

    def serve(self, listener: socket.socket) -> None:
        """Connection after connection, until the listener is closed."""
        while True:
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            with connection, contextlib.suppress(OSError):
                self._talk(connection)

    def secured(self, listener: socket.socket) -> socket.socket:
        """With a certificate, TLS from the first byte on."""
        if self.cert_file is None:
            return listener
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.load_cert_chain(self.cert_file)
        return context.wrap_socket(listener, server_side=True)

    def _talk(self, connection: socket.socket) -> None:
        with connection.makefile("rb") as lines:
            if self.greeting is not None:
                connection.sendall(self.greeting)
            while line := lines.readline():
                self.heard.append(line)
                reply = self._reply(line)
                if reply == b"":
                    return
                for number, piece in enumerate((reply or b"").split(b"%N")):
                    if number:
                        self.heard.append(lines.readline())
                    connection.sendall(piece)

    def _reply(self, line: bytes) -> Reply:
        """What is said to a line; where nothing is, the next line is waited for, which will not come."""
        tag, _, rest = line.strip().partition(b" ")
        words = rest.decode("latin-1").upper().split()
        name = (words[1] if words[0] == "UID" else words[0]) if words else ""
        defaults = {
            "CAPABILITY": f"* CAPABILITY {self.capabilities}\r\n".encode(),
            "AUTHENTICATE": b"+ \r\n%N%T OK done\r\n",
            "LOGOUT": b"* BYE\r\n",
        }
        reply = self.replies.get(name, defaults.get(name, b"-"))
        if not reply:
            return reply
        if b"%T" not in reply:
            reply = reply.removeprefix(b"-") + b"%T OK done\r\n"
        return reply.replace(b"%T", tag)

    def source(self, **changes: Any) -> ImapSource:
        settings: dict[str, Any] = {
            "host": "127.0.0.1",
            "port": self.port,
            "security": "plain",
            "limits": SHORT,
        }
        return ImapSource(ImapConfig(**{"user": "anna", **settings, **changes}), Secret("hemligt"))


@contextlib.contextmanager
def listening(script: Scripted) -> Iterator[Scripted]:
    """The scripted server on a port of its own, for as long as the block lasts."""
    with socket.create_server(("127.0.0.1", 0)) as plain, script.secured(plain) as listener:
        script.port = listener.getsockname()[1]
        thread = threading.Thread(target=script.serve, args=(listener,), daemon=True)
        thread.start()
        try:
            yield script
        finally:
            listener.shutdown(socket.SHUT_RDWR)
            thread.join(10)


@pytest.fixture
def scripted() -> Iterator[Callable[..., Scripted]]:
    """Starts a scripted server: `scripted(FETCH=b"...", capabilities="…")`."""
    with contextlib.ExitStack() as stack:

        def start(
            greeting: Reply = b"* OK ready\r\n",
            capabilities: str = "IMAP4rev1 AUTH=PLAIN",
            cert_file: str | None = None,
            **replies: Reply,
        ) -> Scripted:
            return stack.enter_context(listening(Scripted(replies, greeting, capabilities, cert_file)))

        yield start
