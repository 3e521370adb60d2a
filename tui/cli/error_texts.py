"""The words of every error, by its class: what, why, what now. The facts are in the error."""

from typing import Final

from tui.i18n import N_

# By class name, so that nothing has to be imported to say that something went wrong. What stands behind a
# colon is the error's `kind` or `reason`, where that one needs words of its own.
TEXTS: Final[dict[str, str]] = {
    "NotFound": N_("There is no {kind} “{name}”."),
    "NotFound:account": N_("There is no mailbox “{name}”. See which there are with: aterkom account"),
    "NotFound:event": N_("There is no event “{name}”. See which there are with: aterkom audit"),
    "NotFound:follow-up": N_("There is no follow-up “{name}”. See which there are with: aterkom follow-ups"),
    "NotFound:message": N_("There is no message “{name}”. See which there are with: aterkom messages"),
    "NotFound:office": N_("There is no office “{name}”. See which there are with: aterkom offices"),
    "NotFound:organisation": N_(
        "There is no organisation “{name}”. See which there are with: aterkom organisations"
    ),
    "NotFound:person": N_("There is no person “{name}”. See which there are with: aterkom people"),
    "NotFound:plan": N_("There is no plan “{name}”. See which there are with: aterkom plan"),
    "NotFound:report": N_("There is no report “{name}”. See which there are with: aterkom plan reports"),
    "NotFound:proposal": N_(
        "There is no proposal “{name}”. See which there are with: aterkom offices proposals"
    ),
    "NotFound:issued": N_(
        "There is no issued report “{name}”. See which there are with: aterkom report list"
    ),
    "AlreadyThere:issued": N_(
        "A report was issued under the number “{name}” already. See it with: aterkom report list"
    ),
    "NotFound:step": N_(
        "There is no step “{name}”. The steps are behovsanalys, kravspecifikation, lokalsökning, lokalval, ombyggnation, installation, invigning and i bruk."
    ),
    "NotFound:search": N_(
        "There is no saved search “{name}”. See which there are with: aterkom search saved"
    ),
    "NotFound:thread": N_("There is no thread “{name}”. See which there are with: aterkom threads"),
    "NotUnderstood:search": N_("“{text}” has no word to search for."),
    "NotUnderstood:name": N_("“{text}” is no name."),
    "NotUnderstood": N_("“{text}” cannot be read as a {kind}."),
    "SearchRefused": N_("“{said}” cannot be searched for. See which operators there are in docs/search.md."),
    "SearchRefused:date": N_(
        "“{said}” says no day. Write for example före:2021-11, under:oktober or “efter:vecka 42”."
    ),
    "SearchRefused:office": N_("“{said}” is no office. See which there are with: aterkom offices"),
    "SearchRefused:municipality": N_(
        "“{said}” is no municipality. Write its name or its code of four digits."
    ),
    "SearchRefused:place": N_(
        "“{said}” is no folder and no mailbox. See which there are with: aterkom account"
    ),
    "SearchRefused:phone": N_("“{said}” is no telephone number. Write for example tel:0690-250100."),
    "SearchRefused:choice": N_("“{said}” cannot be searched for. After the colon comes one of: {choices}."),
    "NotADay": N_("“{text}” says hours. It comes up again on a day: name one, for example “i morgon”."),
    "DayHasPassed": N_("{day} has passed. Name a day from today on."),
    "NotFound:note": N_("There is no note “{name}”. See which there are with: aterkom note"),
    "NotFound:absence": N_(
        "There is no absence “{name}” that could be ended. See which there are with: aterkom absence"
    ),
    "DayToCome": N_("{day} has not come yet. Say when it happened."),
    "EmptyText": N_("There is nothing to save: the text is empty."),
    "TooLong": N_("The text is longer than {most} signs. Shorten it."),
    "WrongOrder": N_("{last} is before {first}. Name the first day, then the last."),
    "OwnDeputy": N_("{name} cannot stand in for themselves. Name somebody else."),
    "AwayAlready": N_(
        "{name} is away already from {first} to {last}. End that first with: aterkom absence end {id}"
    ),
    "DeputiesInCircle": N_(
        "On {day} they would stand in for one another: {names}. Name a deputy who is at work then."
    ),
    "AlreadyThere:plan": N_(
        "There is another plan called “{name}”. If this is a new revision, give it a name of its own with --key."
    ),
    "AlreadyThere:login": N_(
        "Somebody else has the login “{name}”. See who with: aterkom people --json; take it away with: aterkom people login PERSON --none"
    ),
    "AlreadyThere": N_("There is already a {kind} called “{name}”. Choose another name."),
    "Ambiguous": N_("“{name}” may mean several: {choices}. Say which."),
    "PartOfName": N_(
        "“{name}” is a part of a name. What is erased is gone for ever, so say the whole name, the address or the id: {choices}."
    ),
    "NotAPerson": N_(
        "{name} is a function mailbox or a list, not a person. Name a person; see which there are with: aterkom people"
    ),
    "NotReceived": N_(
        "{name} came inside another mail: {choices}. Name that one; what it carries goes with it."
    ),
    "PartOfAnother": N_("{name} came inside another mail and is part of it. Judge that one: {choices}."),
    "RegisteredInDiary": N_(
        "{name} is registered in the diary under {number}, so it is not private. Take the registration back first."
    ),
    "NotJudged": N_(
        "{name} has not been judged, so it cannot be marked confidential alone. Say how it is judged as well, for example --to-registrar."
    ),
    "NotInDiary": N_(
        "“{text}” cannot be a number in a diary. Write it as the diary does, for example 2021-01431."
    ),
    "NotInDiary:provision": N_(
        "“{text}” cannot be a provision. Write it as the mark does, for example “OSL 19:1”."
    ),
    "SheetRefused": N_("“{path}” cannot be read as a CSV file. Save the sheet as CSV (UTF-8) and try again."),
    "SheetRefused:columns": N_(
        "“{path}” lacks a column. It needs id (or message_id or sha256) and number in its first line."
    ),
    "SheetRefused:large": N_(
        "“{path}” is too large for a list of numbers. Name the file that the registrar filled in."
    ),
    "WasErased": N_("{name} was private and has been removed. Nothing of it is left to show."),
    "NotWritten": N_(
        "“{path}” could not be written: {reason}. Nothing was left there; make room or name another place."
    ),
    "NothingToSplit": N_("There is nothing from which {name} could be split."),
    "AlreadyAccepted": N_("{name} has been accepted. aterkom undo takes that back."),
    "WithoutOffice": N_(
        "Which office {name} is about cannot be told. Connect its mail to one with aterkom link."
    ),
    "NotYet": N_("“{text}” ends on {day}, which is to come. Say when it was, or with --begun when it began."),
    "PlanRefused": N_("{place}: the plan cannot be read. See docs/offices.md for what one looks like."),
    "PlanRefused:area": N_("{place}: “{value}” says nothing of a vulnerable area. Write one of: {choices}."),
    "PlanRefused:bounds": N_("{place}: “{value}” is no number of offices. Write for example min 13, max 14."),
    "PlanRefused:column": N_("{place}: no column is called “{value}”. There are: {choices}."),
    "PlanRefused:columns": N_(
        "{place}: the row has more cells than the heading. Put cells with separators in quotation marks."
    ),
    "PlanRefused:date": N_(
        "{place}: “{value}” is no date. Write it as 2022-03-01; when an office opens may be said as “april 2022” too."
    ),
    "PlanRefused:empty": N_("{place}: something that has to be said is empty. Fill it in."),
    "PlanRefused:encoding": N_("{place}: the file is no text. Save it as TOML or CSV in UTF-8."),
    "PlanRefused:kind": N_("{place}: “{value}” is no kind of report. Write one of: {choices}."),
    "PlanRefused:missing": N_("{place}: “{value}” is missing. Write it there."),
    "PlanRefused:missing-option": N_(
        "{place}: the plan does not say its {value}. Write it in the file, or give it with --{value}."
    ),
    "PlanRefused:municipality": N_(
        "{place}: there is no municipality “{value}”. Write its official name or its code."
    ),
    "PlanRefused:municipality-near": N_(
        "{place}: there is no municipality “{value}”. Did you mean {choices}?"
    ),
    "PlanRefused:name-taken": N_(
        "{place}: another office is called so already. Leave out what it was, or name its place otherwise."
    ),
    "PlanRefused:no-offices": N_(
        "{place}: the plan names no offices. Write an [[office]] for each, or a row in a CSV file."
    ),
    "PlanRefused:phase": N_("{place}: “{value}” is no phase. Write its number."),
    "PlanRefused:syntax": N_(
        "{place}: this is no TOML, or no CSV if the file is called so. Put the line right."
    ),
    "PlanRefused:too-large": N_("{place}: the file is too large for a plan. Name the plan itself."),
    "PlanRefused:twice": N_(
        "{place}: “{value}” stands there twice. Name the places of two offices in one municipality."
    ),
    "PlanRefused:type": N_(
        "{place}: “{value}” is not written as it has to be. See docs/offices.md for what a plan looks like."
    ),
    "PlanRefused:unknown-key": N_("{place}: nothing in a plan is called “{value}”. Is it {choices}?"),
    "PlanRefused:was": N_(
        "{place}: no office was called “{value}”. Write its name as aterkom offices shows it."
    ),
    "PlanRefused:was-near": N_("{place}: no office was called “{value}”. Did you mean {choices}?"),
    "PlanRefused:phase-near": N_("{place}: “{value}” is no phase of the plan. Its phases are {choices}."),
    "NothingToUndo": N_("{actor} has nothing to undo."),
    "SettingsInvalid": N_("The setting {name} does not hold: {reason}. Put it right and try again."),
    "SettingsFileInvalid": N_(
        "The settings file {name} cannot be used: {reason}. Put it right and try again."
    ),
    "AddressMissing": N_(
        "{name} has reminders, but no address. Name one in the settings under reminder_addresses; they wait until then."
    ),
    "AddressMissing:nobody": N_(
        "What nobody is responsible for is reminded of nowhere. Name an address in the setting reminder_unassigned; it waits until then."
    ),
    "RemindersBusy": N_("Another run is sending reminders. Wait until it has ended; nothing is sent twice."),
    "AccountBusy": N_(
        "Another sync of the mailbox “{name}” is running. Wait until it has ended, or allow more time with --lock-timeout."
    ),
    "DemoUnavailable": N_("The demonstration's mail server does not start: {reason}. Try again."),
    "DemoUnavailable:pymap": N_(
        "The demonstration needs a mail server that is not installed. Get it with: pip install 'aterkom[demo]'"
    ),
    "ServeUnavailable": N_(
        "What shows Återkom in a browser is not installed. Get it with: pip install 'aterkom[serve]'"
    ),
    "ServeRefused": N_("Återkom cannot be shown at {host}, port {port}: {reason}. Name another with --host."),
    "ServeRefused:every-address": N_(
        "“{host}” stands for every address of this machine. Name one with --host, or leave it out: then only this machine sees it."
    ),
    "ServeRefused:taken": N_(
        "Another program listens at {host}, port {port}. Name another port, or leave --port out for one that is free."
    ),
    "ServeRefused:unencrypted": N_(
        "{host} is not this machine alone, and what is shown in a browser goes over the network unencrypted. Leave --host out and come by SSH (docs/browser.md), or accept it with --accept-unencrypted."
    ),
    "WorkerFailed": N_("Reading could not be started: {reason}. What is fetched is kept; try again."),
    "CrmError": N_(
        "It cannot be done. Run it again with -v and send what it says to whoever looks after Återkom."
    ),
    "UsageError": N_("That cannot be asked for. See how it is written with --help."),
    "StoreError": N_("The store {url} cannot be used so: {reason}."),
    "StoreVersionError": N_("The store {url} belongs to another version of Återkom."),
    "StoreLocked": N_("Another program is using the store {url}. Try again in a while."),
    "StoreFull": N_(
        "There is no room left for the store {url}. Make room and try again; nothing is half saved."
    ),
    "StoreReadOnly": N_("The store {url} may be read but not written. Look at who may write to the file."),
    "StoreDamaged": N_(
        "{url} is damaged or no store of ours: {reason}. Name another, or put a copy in its place with: aterkom db restore FILE"
    ),
    "StoreMissing": N_("There is no store at {url}. Make one with: aterkom db upgrade"),
    "StoreUnreachable": N_("The store {url} does not answer: {reason}. Try again later."),
    "StoreUnreachable:not a file": N_("{url} is no file. Name the store's file, not a folder."),
    "StoreUnreachable:Is a directory": N_("{url} is no file. Name the store's file, not a folder."),
    "StoreConflict": N_("The store {url} refuses what was to be saved: {reason}. Nothing was changed."),
    "StoreNewer": N_("The store {url} was written by a newer Återkom. Upgrade the program."),
    "StoreOutdated": N_(
        "The store {url} belongs to an older Återkom, or is empty. Bring it up to date with: aterkom db upgrade"
    ),
    "StoreRefused": N_("The store {url} does not accept the user or the password."),
    "DriverMissing": N_("What is needed to use {url} is not installed. Install aterkom[postgres]."),
    "StoreUrlError": N_("{url} is no address of a store. Write sqlite:///FILE or postgresql+psycopg://…"),
    "ServerUnreachable": N_(
        "The mail server {host} cannot be reached: {reason}. Check name and network, or try again later."
    ),
    "ServerTimeout": N_("The mail server {host} did not answer in time. Try again later."),
    "TlsRefused": N_(
        "The connection to {host} is not safe: {reason}. Check the name, or give the authority's file with --ca-file."
    ),
    "TlsRefused:certificate has expired": N_(
        "The connection to {host} is not safe: {reason}. Ask whoever runs the server to renew it, and check this machine's clock."
    ),
    "TlsRefused:WRONG_VERSION_NUMBER": N_(
        "The mail server {host} does not speak TLS at that port. Check --port and --security."
    ),
    "TlsMissing": N_(
        "The mail server {host} offers no encryption before sign-in. Use --security tls, or ask whoever runs it."
    ),
    "RelayTlsRefused": N_(
        "The connection to {host} is not safe: {reason}. Check smtp_host, or name the authority's file in smtp_ca_file."
    ),
    "RelayTlsRefused:WRONG_VERSION_NUMBER": N_(
        "The mail server {host} does not speak TLS at that port. Check the settings smtp_port and smtp_security."
    ),
    "RelayTlsMissing": N_(
        "The mail server {host} offers no encryption. Set smtp_security to tls, or ask whoever runs it."
    ),
    "RelayPlainRefused": N_(
        "Without encryption mail is given to this machine itself alone, not to {host}. Set smtp_security to tls."
    ),
    "Unanswered": N_(
        "The mail server {host} had the mail, but ended before it answered ({reason}). It is not sent again; the next digest repeats what it told of."
    ),
    "RecipientRefused": N_(
        "The mail server {host} takes no mail for {recipient}: {reason}. Check the address in the settings."
    ),
    "SenderRefused": N_(
        "The mail server {host} takes no mail from {sender}: {reason}. Check the setting reminder_from."
    ),
    "MailNotTaken": N_(
        "The mail server {host} did not take the mail for {recipient}: {reason}. The next run tries again."
    ),
    "ProtocolError": N_(
        "The mail server {host} answered something that is not understood: {reason}. Try again later."
    ),
    "SignInRefused": N_(
        "The mail server {host} refused the sign-in of {user}. Check user and password; it is not tried again by itself."
    ),
    "SignInRefused:LOGINDISABLED": N_(
        "The mail server {host} takes no passwords. Sign in with access tokens: aterkom account set NAME --auth xoauth2 --token …"
    ),
    "SignInRefused:no sign-in offered": N_(
        "The mail server {host} offers no sign-in by password. Check smtp_port and smtp_security, or leave smtp_user out."
    ),
    "SignInRefused:XOAUTH2 not offered": N_(
        "The mail server {host} does not know XOAUTH2. Try --auth oauthbearer, or check --host."
    ),
    "SignInRefused:OAUTHBEARER not offered": N_(
        "The mail server {host} does not know OAUTHBEARER. Try --auth xoauth2, or check --host."
    ),
    "TokenNotAccepted": N_(
        "The mail server {host} does not accept the token for {user}. Check --user, and that whoever signs in has access to that mailbox (docs/microsoft365.md)."
    ),
    "SecretMissing": N_("There is no password at {ref}. Put it there, or name another place with --secret."),
    "SecretMissing:nobody to ask": N_(
        "The password is to be asked for, but there is no terminal. Sync at one, or name another place with --secret."
    ),
    "SecretUnreadable": N_("The password at {ref} cannot be read: {reason}. Put that right, then try again."),
    "SecretTooOpen": N_("Others may read the password in {ref}. Close it with: chmod 600 {path}"),
    "SecretTooOpen:owned by another": N_(
        "The file of {ref} belongs to somebody else. Keep the password in a file of your own."
    ),
    "SecretUnreadable:not a certificate": N_(
        "{ref} is no certificate. Name the PEM file that was uploaded at the sign-in service with --certificate."
    ),
    "SecretUnreadable:not a private key": N_(
        "The secret of the account is no private key for {ref}. Keep the key unencrypted, as PEM, in a file with mode 600."
    ),
    "SecretUnreadable:not an RSA key": N_(
        "The private key for {ref} is no RSA key. Make a new one: aterkom signs with RSA alone."
    ),
    "SecretUnreadable:key of another certificate": N_(
        "The private key belongs to another certificate than {ref}. Put the two together again with aterkom account set."
    ),
    "ArgumentRefused:token": N_(
        "What --secret points at is no access token: it holds characters that none has. See that it is the token alone."
    ),
    "AuthorityUnreachable": N_(
        "The sign-in service {host} cannot be used: {reason}. Try again later, or see docs/network.md."
    ),
    "AuthorityUnreachable:busy": N_(
        "Another program is signing in and does not get done; it holds {ref}. Try again later."
    ),
    "AuthorityUnreachable:certificate": N_(
        "The sign-in service {host} shows a certificate that is not trusted here. Name your own authority's file in REQUESTS_CA_BUNDLE; --ca-file is for the mail server alone."
    ),
    "AuthorityUnreachable:no bundle": N_(
        "There is no file where REQUESTS_CA_BUNDLE says. Put it right, or take the variable away."
    ),
    "MailboxClosed": N_(
        "The mail server {host} takes the sign-in but opens no mailbox. Give whoever signs in access to it (docs/microsoft365.md), then try again."
    ),
    "LibraryMissing": N_(
        "What gets access tokens is not installed ({reason}). Get it with: pip install 'aterkom[oauth]'"
    ),
    "TokenMissing": N_(
        "Nobody has signed in for the mailbox “{account}” on this machine. Do so with: aterkom account login {account}"
    ),
    "TokenRefused": N_(
        "The sign-in service {host} gives no token for “{account}” ({code}). Look the code up, then try aterkom account test {account}"
    ),
    "TokenRefused:again": N_(
        "The sign-in for “{account}” has ended ({code}). Sign in again with: aterkom account login {account}"
    ),
    "TokenRefused:another": N_(
        "{user} signed in, not the one that “{account}” names. Sign in as that one, or change it with: aterkom account set {account} --login-as"
    ),
    "TokenRefused:application": N_(
        "The sign-in service {host} does not know the application of “{account}” there, or does not let it in ({code}). Check --client-id and --tenant."
    ),
    "TokenRefused:assignment": N_(
        "Whoever signs in for “{account}” is not assigned to the application ({code}). Ask its administrator to do so."
    ),
    "TokenRefused:certificate": N_(
        "The sign-in service {host} does not accept the certificate of “{account}” ({code}). Upload it for the application, or name the one that is there with --certificate."
    ),
    "TokenRefused:certificate-expired": N_(
        "The certificate {ref} of “{account}” has expired. Make a new one, upload it, and name it with --certificate."
    ),
    "TokenRefused:clock": N_(
        "The sign-in service {host} says that the times do not agree ({code}). Put this machine's clock right, then try again."
    ),
    "TokenRefused:conditional-access": N_(
        "The organisation's rules do not allow this sign-in for “{account}” ({code}). Ask its administrator for an exception in Conditional Access."
    ),
    "TokenRefused:consent": N_(
        "Nobody has allowed the application of “{account}” to read mail ({code}). An administrator gives consent, as docs/microsoft365.md says."
    ),
    "TokenRefused:declined": N_(
        "The sign-in for “{account}” was declined. Start again with: aterkom account login {account}"
    ),
    "TokenRefused:expired-code": N_(
        "Nobody signed in for “{account}” before the code expired. Get a new one with: aterkom account login {account}"
    ),
    "TokenRefused:public-client": N_(
        "The application of “{account}” does not allow sign-in with a code ({code}). Allow public client flows for it, as docs/microsoft365.md says."
    ),
    "TokenRefused:scope": N_(
        "The sign-in service {host} does not know what the token for “{account}” is asked for ({code}). Check --scope, and that the organisation has Exchange Online."
    ),
    "TokenRefused:secret": N_(
        "The sign-in service {host} does not accept the client secret of “{account}” ({code}). Put the secret's value, not its id, where --secret points."
    ),
    "TokenRefused:secret-expired": N_(
        "The client secret of “{account}” has expired ({code}). Make a new one at the sign-in service and put it where --secret points."
    ),
    "TokenRefused:tenant": N_(
        "The sign-in service {host} does not know the tenant of “{account}”, or the user is of another one ({code}). Check --tenant."
    ),
    "TokenRefused:user": N_(
        "Whoever signed in for “{account}” is unknown there, locked or disabled ({code}). Ask the administrator, or sign in as another."
    ),
    "TokenFileTooOpen": N_(
        "Others may read or replace {ref}, where a token is kept ({reason}). Remove it, then sign in again."
    ),
    "TokenFileUnusable": N_(
        "The file {ref}, where a token is kept, cannot be used: {reason}. Put that right, then try again."
    ),
    "TokenFileDamaged": N_(
        "The file {ref}, where a token is kept, was damaged. A new token takes its place."
    ),
    "AccountRefused": N_(
        "These settings of a mailbox do not go together ({reason}). See how with: aterkom account add --help"
    ),
    "AccountRefused:another-mailbox": N_(
        "Mail was fetched already: another server or user is another mailbox. Add it under a name of its own; what both have is kept once."
    ),
    "AccountRefused:authority": N_(
        "--authority is no address that begins with https://. Write it as https://login.example"
    ),
    "AccountRefused:certificate-of-device": N_(
        "--certificate is for an application that signs in by itself. Leave it out, or write --token client."
    ),
    "AccountRefused:client-id": N_("--token needs the application's id. Give it with --client-id."),
    "AccountRefused:login-as-of-client": N_(
        "--login-as is for a person who signs in with a code. Leave it out, or write --token device."
    ),
    "AccountRefused:no-person": N_(
        "Nobody signs in with a code for this mailbox. Try it with: aterkom account test NAME"
    ),
    "AccountRefused:personal-folders": N_(
        "Of a personal mailbox only the folders are fetched that its owner names. Name them with --folders; a bare * does not."
    ),
    "AccountRefused:personal-since": N_(
        "A personal mailbox is fetched from a day on that its owner names. Name it with --since."
    ),
    "AccountRefused:port": N_("--port is a number from 1 to 65535. Leave it out for the usual one."),
    "AccountRefused:scope": N_(
        "--scope is one word without quotation marks. Leave it out for Microsoft 365."
    ),
    "AccountRefused:secret-missing": N_("The secret is missing. Say where it is with --secret."),
    "AccountRefused:secret-of-device": N_(
        "A person who signs in with a code needs no secret here. Leave --secret out."
    ),
    "AccountRefused:tenant": N_(
        "--token needs the organisation's own id or domain at the sign-in service. Give it with --tenant."
    ),
    "AccountRefused:token-mechanism": N_(
        "A token is said by xoauth2 or oauthbearer. Add --auth xoauth2 for Microsoft 365."
    ),
    "AccountRefused:token-missing": N_(
        "How the token is got is missing. Add --token device or --token client."
    ),
    "CaFileUnreadable": N_(
        "The authority's file {ref} cannot be used: {reason}. Name a PEM file with --ca-file."
    ),
    "IngestError": N_("The mail could not be taken in. Try again; -v shows where it stopped."),
    "SourceError": N_("The mail server {host} could not be used. Try again later."),
    "SettingsError": N_(
        "A setting or a password has to be put right. See how with: aterkom account add --help"
    ),
    "PlainRefused": N_(
        "Without encryption only this machine itself is spoken to, not {host}. Use --security tls."
    ),
    "ArgumentRefused": N_(
        "A name or password holds a line break, a NUL or nothing at all ({reason}). Write it without."
    ),
    "ArgumentRefused:unknown kind of secret": N_(
        "--secret names where the password is, never the password itself. Write env:VAR, file:PATH, command:…, keyring:SERVICE/USER, credential:NAME or prompt."
    ),
    "ArgumentRefused:SERVICE/USER is needed": N_(
        "{ref} names no place in the key ring. Write keyring:SERVICE/USER."
    ),
    "ArgumentRefused:a name, not a path": N_("{ref} is a path. Write the credential's name alone."),
    "FolderRefused": N_(
        "The mail server {host} refuses what was asked of a folder: {reason}. The other folders are not kept by it."
    ),
    "FolderMissing": N_(
        "The folder “{folder}” is not on the server. See which are with: aterkom account test NAME"
    ),
    "PathMissing": N_("There is no file or folder “{path}”. Check how it is spelt."),
    "PathUnreadable": N_("“{path}” cannot be read: {reason}. Everything else was read."),
    "FileNotFoundError": N_("There is no file or folder “{filename}”."),
    "PermissionError": N_("You may not read or write “{filename}”."),
    "IsADirectoryError": N_("“{filename}” is a folder, not a file."),
    "NotADirectoryError": N_("“{filename}” is not a folder."),
    "FileExistsError": N_("“{filename}” is already there. Choose another name."),
}
# Added where a command line is corrected; a screen that asks has its own.
HINTS: Final[dict[str, str]] = {
    "NotUnderstood": N_("Write it for example as 2021-11-15, “på måndag” or “v. 46”."),
}
# What a sync notes of a folder, beside errors.
NOTED: Final[dict[str, str]] = {
    "epoch_mismatch": N_(
        "The server has numbered the folder “{folder}” anew, and too few mails were found again; it was left alone. If that is as it should be: aterkom sync NAME --renumbered"
    ),
    "folder_refused": N_(
        "The server refuses what was asked of the folder “{folder}”. Every sync asks again."
    ),
    "not_delivered": N_(
        "The server lists mail in “{folder}” that does not come. Every sync asks for it again."
    ),
}
