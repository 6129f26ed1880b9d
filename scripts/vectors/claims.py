"""Which claims each object has, and the shape of each."""
import re

from rules import Refused

# Kind → typ, who signs, seconds it may live, what it may follow.
KINDS = {
    "offer": ("handoff-offer+jwt", "org", 120, []),
    "accept": ("handoff-accept+jwt", "bridge", 120, ["offer"]),
    "refuse": ("handoff-refuse+jwt", "bridge", 120, ["offer"]),
    "approval": ("handoff-approval+jwt", "org", 3600, ["accept", "result"]),
    "result": ("handoff-result+jwt", "bridge", 120, ["accept", "approval"]),
    "close": ("handoff-close+jwt", "org", 120, ["result"]),
}


def pattern(expression):
    return lambda value: isinstance(value, str) and re.fullmatch(expression, value) is not None


def one_of(*values):
    return lambda value: value in values


def seconds(value):
    return type(value) is int and value >= 0


def salesforce_id(value):
    if not pattern(r"[A-Za-z0-9]{18}")(value):
        return False
    check = ""
    for start in (0, 5, 10):
        bits = sum(1 << bit for bit, letter in enumerate(value[start : start + 5]) if letter.isupper())
        check += "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345"[bits]
    return value[15:] == check


def user_id(value):
    return salesforce_id(value) and value.startswith("005")


def is_list(value):
    return isinstance(value, list)


def is_object(value):
    return isinstance(value, dict)


def list_of(check):
    return lambda value: is_list(value) and all(map(check, value))


def has_images(effect):
    changes = effect["operation"] in ("update", "delete", "merge", "convert")
    leaves = effect["operation"] in ("create", "update", "upsert") and effect["status"] == "confirmed"
    return not (changes and "before_sha256" not in effect or leaves and "after_sha256" not in effect)


text = pattern(r"(?=.*\S)[^\x00-\x1f\x7f-\x9f]{1,255}")
sha256 = pattern(r"[0-9a-f]{64}")
uuid = pattern(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
party = pattern(r"https://[a-z0-9.-]+(:\d+)?(/[A-Za-z0-9._~/-]*)?")

COMMON = {"iss": party, "aud": party, "iat": seconds, "nbf": seconds, "exp": seconds, "jti": uuid, "txn": uuid}
LINKED = {**COMMON, "prev": sha256}
CLAIMS = {
    "offer": {
        **COMMON,
        "att": seconds,
        "sub": text,
        "sub_kind": one_of("user", "messaging_end_user", "contact", "autonomous"),
        "sub_auth": one_of("login", "channel_verified", "unverified"),
        "act": is_object,
        "run_as": user_id,
        "req_wl": text,
        "rctx": is_object,
        "tctx": is_object,
        "authorization_details": is_list,
        "data_classes": is_list,
        "masking_hints": is_object,
        "owner": is_object,
        "approvals": is_list,
        "policy": sha256,
        "manifest": sha256,
        "trace": pattern(r"00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}"),
        "payload_sha256": sha256,
        "prov": is_object,
    },
    "accept": {
        **LINKED,
        "owner": is_object,
        "authorization_details": is_list,
        "max_cost_usd_micros": seconds,
        "policy": sha256,
        "manifest": sha256,
    },
    "refuse": {**LINKED, "reason": pattern(r"(?=.{1,64}$)[a-z]+(_[a-z]+)*"), "detail": text},
    "approval": {
        **LINKED,
        "sub": user_id,
        "decision": one_of("approved", "rejected"),
        "over": sha256,
        "at": seconds,
        "channel": text,
        "override": one_of(True, False),
    },
    "result": {
        **LINKED,
        "owner": is_object,
        "disposition": text,
        "effects": list_of(has_images),
        "approvals": list_of(sha256),
        "plan_sha256": sha256,
        "model_responses": list_of(text),
        "cost_usd_micros": seconds,
        "digests": is_object,
        "payload_sha256": sha256,
        "log": is_object,
    },
    "close": {
        **LINKED,
        "owner": is_object,
        "outcome": one_of("applied", "recorded", "rejected", "escalated"),
        "record_ids": list_of(salesforce_id),
        "checkpoint_sha256": sha256,
    },
}
OPTIONAL = {"plan_sha256"}


def check_claims(kind, claims):
    known = CLAIMS[kind]
    if set(claims) - set(known):
        raise Refused("claim_unknown")
    if "owner" in known:
        owner = claims.get("owner") or {}
        if not text(owner.get("person")) or not text(owner.get("queue")):
            raise Refused("owner_missing")
    for name, check in known.items():
        if name in claims and not check(claims[name]) or name not in claims and name not in OPTIONAL:
            raise Refused("claim_invalid")
    if kind == "offer" and not subject_fits(claims):
        raise Refused("claim_invalid")
    if not claims["iat"] <= claims["nbf"] < claims["exp"]:
        raise Refused("claim_invalid")
    if claims["exp"] - claims["iat"] > KINDS[kind][2]:
        raise Refused("lifetime_too_long")


def subject_fits(claims):
    is_id = {"user": user_id, "autonomous": text}.get(claims["sub_kind"], salesforce_id)
    by_login = claims["sub_kind"] in ("user", "autonomous")
    authenticated = claims["sub_auth"] == "login" if by_login else True
    over_channel = claims["sub_kind"] != "messaging_end_user" or claims["sub_auth"] != "login"
    return is_id(claims["sub"]) and authenticated and over_channel
