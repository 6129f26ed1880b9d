"""A second verifier of the golden vectors, written against docs/protocol.md and the RFCs alone.

Usage: python3 verify.py <folder of vectors>

Python's standard library and the openssl command; nothing of the package under test. Prints a table
and exits 1 if any verdict differs from the one in the files.
"""
import base64
import hashlib
import json
import os
import re
import ssl
import subprocess
import sys
import tempfile

from claims import KINDS, check_claims
from merkle import consistency_holds, leaf_hash, root_from_inclusion, tree_hash
from rules import Refused, check_rules, contains, jcs


def sha256_hex(data):
    return hashlib.sha256(data.encode() if isinstance(data, str) else data).hexdigest()


def openssl(*arguments, files):
    """Runs openssl with each value of `files` in a file of its own; None if it fails."""
    with tempfile.TemporaryDirectory() as folder:
        paths = {}
        for name, content in files.items():
            paths[name] = os.path.join(folder, name)
            with open(paths[name], "wb") as file:
                file.write(content)
        command = ["openssl", *(argument.format(**paths) for argument in arguments)]
        done = subprocess.run(command, capture_output=True)
        return done.stdout if done.returncode == 0 else None


def base64url(text):
    """Strict base64url without padding; None for any other spelling of the same bytes."""
    if not re.fullmatch(r"[A-Za-z0-9_-]*", text) or len(text) % 4 == 1:
        return None
    data = base64.urlsafe_b64decode(text + "=" * (-len(text) % 4))
    return data if base64.urlsafe_b64encode(data).decode().rstrip("=") == text else None


def strict_object(data):
    def no_duplicates(pairs):
        if len({name for name, _ in pairs}) != len(pairs):
            raise ValueError("duplicate member")
        return dict(pairs)

    try:
        value = json.loads(data.decode("utf-8"), object_pairs_hook=no_duplicates)
        json.dumps(value, ensure_ascii=False).encode()  # a lone surrogate has no UTF-8
    except ValueError:
        return None
    return value if isinstance(value, dict) else None


class Setting:
    """Pinned certificates by thumbprint, and the key of the log."""

    def __init__(self, setting):
        self.parties = setting["parties"]
        self.skew = setting["skewSeconds"]
        self.manifest = setting["manifest"]
        self.integration_users = setting["integrationUsers"]
        self.log = setting["log"]
        self.keys = {}
        for issuer in setting["issuers"]:
            for pem in issuer["certificates"]:
                self.pin(issuer, pem.encode())

    def pin(self, issuer, pem):
        der = base64.b64decode(b"".join(pem.strip().splitlines()[1:-1]))
        public = openssl("x509", "-in", "{pem}", "-noout", "-pubkey", files={"pem": pem})
        spki = base64.b64decode(b"".join(public.strip().splitlines()[1:-1]))
        digest = lambda data: base64.urlsafe_b64encode(hashlib.sha256(data).digest()).decode().rstrip("=")
        if not {f"cert:{digest(der)}", f"spki:{digest(spki)}"} & set(issuer["pins"]):
            raise SystemExit(f"the certificate of {issuer['issuer']} is not pinned")
        dates = openssl("x509", "-in", "{pem}", "-noout", "-startdate", "-enddate", files={"pem": pem}).decode()
        validity = [ssl.cert_time_to_seconds(line.split("=")[1]) for line in dates.split("\n")[:2]]
        self.keys[digest(der)] = (issuer, public, validity)


def open_note(note, key):
    """The text of a signed note (C2SP signed-note), or Refused."""
    name, key_id, encoded = key.split("+", 2)
    public = base64.b64decode(encoded)
    expected_id = hashlib.sha256(name.encode() + b"\n" + public).digest()[:4].hex()
    if public[0] != 1 or len(public) != 33 or expected_id != key_id:
        raise Refused("note_malformed")
    text, separator, signatures = note.rpartition("\n\n")
    if not separator or not note.endswith("\n") or re.search(r"[\x00-\x09\x0b-\x1f]", note):
        raise Refused("note_malformed")
    text += "\n"
    verified = False
    for line in signatures[:-1].split("\n"):
        match = re.fullmatch(r"— ([^\s+]+) (\S+)", line)
        try:
            data = base64.b64decode(match.group(2), validate=True) if match else b""
        except ValueError:
            data = b""
        if len(data) < 5 or base64.b64encode(data).decode() != match.group(2):
            raise Refused("note_malformed")
        if (match.group(1), data[:4].hex()) != (name, key_id):
            continue
        if not ed25519(public[1:], text.encode(), data[4:]):
            raise Refused("note_signature_invalid")
        verified = True
    if not verified:
        raise Refused("note_unsigned")
    return text


def ed25519(public, message, signature):
    spki = bytes.fromhex("302a300506032b6570032100") + public
    command = ["pkeyutl", "-verify", "-pubin", "-keyform", "DER", "-inkey", "{key}"]
    files = {"key": spki, "message": message, "signature": signature}
    return openssl(*command, "-rawin", "-in", "{message}", "-sigfile", "{signature}", files=files) is not None


def check_receipt(claims, setting):
    receipt = claims["log"]
    event = receipt["event"]
    content = {name: claims[name] for name in claims if name not in ("iat", "nbf", "exp", "jti", "log")}
    if (event["txn"], event["party"], event["content_sha256"]) != (claims["txn"], claims["iss"], sha256_hex(jcs(content))):
        raise Refused("receipt_mismatch")
    text = open_note(receipt["checkpoint"], setting.log["key"])
    origin, size, root = text.split("\n")[:3]
    if origin != setting.log["origin"]:
        raise Refused("checkpoint_origin")
    commitment = hashlib.sha256(bytes.fromhex(receipt["salt"]) + jcs(event).encode()).digest()
    proof = [bytes.fromhex(digest) for digest in receipt["proof"]]
    if root_from_inclusion(receipt["index"], int(size), leaf_hash(commitment), proof) != base64.b64decode(root):
        raise Refused("inclusion_invalid")


def verify(vector, vectors, setting):
    """The chain of verified claims up to this vector, each as (kind, claims, digest); or Refused."""
    before = vectors.get(vector.get("previous"))
    chain = verify(before, vectors, setting) if before else []
    typ, role, _, follows = KINDS[vector["kind"]]
    parts = vector["envelope"].split(".")
    decoded = [base64url(part) for part in parts]
    if len(parts) != 3 or None in decoded:
        raise Refused("envelope_malformed")
    header = strict_object(decoded[0])
    if header is None:
        raise Refused("envelope_malformed")
    if header.get("alg") != "RS256":
        raise Refused("alg_forbidden")
    if header.get("typ") != typ:
        raise Refused("typ_wrong")
    if set(header) != {"alg", "typ", "x5t#S256"}:
        raise Refused("header_invalid")
    if header["x5t#S256"] not in setting.keys:
        raise Refused("issuer_unknown")
    issuer, public, (not_before, not_after) = setting.keys[header["x5t#S256"]]
    now = vector["now"]
    if not not_before <= now <= not_after:
        raise Refused("key_expired")
    files = {"public": public, "signature": decoded[2], "data": ".".join(parts[:2]).encode()}
    if openssl("dgst", "-sha256", "-verify", "{public}", "-signature", "{signature}", "{data}", files=files) is None:
        raise Refused("signature_invalid")

    claims = strict_object(decoded[1])
    if claims is None:
        raise Refused("envelope_malformed")
    check_claims(vector["kind"], claims)
    if claims["iss"] != issuer["issuer"]:
        raise Refused("issuer_mismatch")
    if issuer["role"] != role:
        raise Refused("issuer_role")
    if claims["aud"] != setting.parties["bridge" if role == "org" else "org"]:
        raise Refused("audience_wrong")
    if claims["iat"] > now + setting.skew:
        raise Refused("issued_in_future")
    if claims["nbf"] > now + setting.skew:
        raise Refused("not_yet_valid")
    if now >= claims["exp"] + setting.skew:
        raise Refused("expired")
    if chain:
        check_link(vector["kind"], claims, chain[-1], follows)
    check_rules(vector, claims, chain, setting)
    if vector["kind"] == "result":
        check_receipt(claims, setting)
    return [*chain, (vector["kind"], claims, sha256_hex(vector["envelope"]))]


def check_link(kind, claims, previous, follows):
    previous_kind, before, digest = previous
    if previous_kind not in follows:
        raise Refused("order_wrong")
    waits = before.get("disposition") == "approval_required"
    if previous_kind == "result" and (kind == "close") == waits:
        raise Refused("order_wrong")
    if claims["prev"] != digest:
        raise Refused("prev_broken")
    if claims["txn"] != before["txn"]:
        raise Refused("txn_mismatch")
    same_side = KINDS[kind][1] == KINDS[previous_kind][1]
    parties = (before["iss"], before["aud"]) if same_side else (before["aud"], before["iss"])
    if (claims["iss"], claims["aud"]) != parties:
        raise Refused("party_mismatch")


def verdict(check):
    try:
        check()
    except Refused as refused:
        return str(refused)
    except (KeyError, TypeError, ValueError) as error:
        return f"crashed: {error!r}"
    return "ok"


def main(folder):
    load = lambda name: json.load(open(os.path.join(folder, name), encoding="utf-8"))
    setting = Setting(load("setting.json"))
    vectors = {vector["name"]: vector for vector in load("objects.json")}
    log = load("log.json")
    rows = [("objects", v["name"], v["expect"], verdict(lambda: verify(v, vectors, setting))) for v in vectors.values()]
    for case in load("authority.json"):
        rows.append(("authority", case["name"], case["contained"], contains(case["outer"], case["inner"])))
    for case in load("canonical.json"):
        rows.append(("canonical", case["name"], case["sha256"], sha256_hex(jcs(json.loads(case["json"])))))
    leaves = [leaf_hash(bytes.fromhex(entry)) for entry in log["entries"]]
    roots = [bytes.fromhex(root) for root in log["roots"]]
    for size, root in enumerate(roots, 1):
        rows.append(("root", str(size), root, tree_hash(leaves[:size])))
    rows.append(("root", "0", log["emptyRoot"], tree_hash([]).hex()))
    for case in log["inclusion"]:
        proof = [bytes.fromhex(digest) for digest in case["proof"]]
        root = root_from_inclusion(case["index"], case["size"], bytes.fromhex(case["leaf"]), proof)
        rows.append(("inclusion", f"{case['index']} of {case['size']}", roots[case["size"] - 1], root))
    for case in log["consistency"]:
        proof = [bytes.fromhex(digest) for digest in case["proof"]]
        old, new = case["oldSize"], case["newSize"]
        holds = consistency_holds(old, roots[old - 1], new, roots[new - 1], proof)
        rows.append(("consistency", f"{old} to {new}", True, holds))
    for case in log["notes"]:
        rows.append(("note", case["name"], case["expect"], verdict(lambda: open_note(case["note"], case["key"]))))
    return report(rows)


def report(rows):
    print(f"{'vectors':<12} {'agree':>6} {'differ':>6}")
    for group in dict.fromkeys(row[0] for row in rows):
        agree = [expected == found for name, _, expected, found in rows if name == group]
        print(f"{group:<12} {sum(agree):>6} {len(agree) - sum(agree):>6}")
    differences = [row for row in rows if row[2] != row[3]]
    for group, name, expected, found in differences:
        print(f"DIFFERS {group} {name}: expected {expected}, found {found}")
    return 1 if differences or not rows else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
