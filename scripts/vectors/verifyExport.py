"""Verifies an export of the bridge's log with nothing of the bridge: the second opinion beside `bridge audit verify`.

Usage: python3 verifyExport.py <export> <verifier key> [<checkpoint that somebody kept>]

Python's standard library and the openssl command. Exits 0 if every entry is there, in order, and under the signed
checkpoint, and the log has grown from the kept one.
"""
import base64
import hashlib
import json
import sys

from merkle import leaf_hash, tree_hash
from rules import Refused, jcs
from verify import open_note


def read(path):
    with open(path, encoding="utf-8") as file:
        return file.read()


def head_of(note, key):
    """Size and root of a checkpoint (C2SP tlog-checkpoint) under the key's name."""
    origin, size, root = open_note(note, key).split("\n")[:3]
    if origin != key.split("+")[0]:
        raise Refused("checkpoint_origin")
    return int(size), root


def leaf_of(entry, index):
    if entry["index"] != index:
        raise Refused(f"entry {index} is missing or out of place")
    commitment = hashlib.sha256(bytes.fromhex(entry["salt"]) + jcs(entry["event"]).encode("utf-8"))
    return leaf_hash(commitment.digest())


def verify(export, key, kept):
    *lines, last = [json.loads(line) for line in export.splitlines()]
    leaves = [leaf_of(entry, index) for index, entry in enumerate(lines)]
    notes = [("checkpoint", last["checkpoint"])] + [("kept checkpoint", note) for note in kept]
    for name, note in notes:
        size, root = head_of(note, key)
        if size > len(leaves) or (name == "checkpoint" and size != len(leaves)):
            raise Refused(f"the {name} is over {size} entries, and {len(leaves)} are here")
        if base64.b64encode(tree_hash(leaves[:size])).decode() != root:
            raise Refused(f"the entries are not those of the {name}")
    return len(leaves)


if __name__ == "__main__":
    try:
        count = verify(read(sys.argv[1]), sys.argv[2], [read(path) for path in sys.argv[3:]])
    except (Refused, KeyError, ValueError) as problem:
        sys.exit(f"NOT VERIFIED: {problem}")
    print(f"verified: {count} entries")
