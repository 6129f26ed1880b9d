"""The rules of each kind of object beyond its signature, its claims and its times."""
import hashlib
import json


class Refused(Exception):
    """Its text is the code."""


ACTING = ("executed", "errored", "timed_out")
EXTENTS = {
    "one": {"one"},
    "bounded": {"one", "bounded"},
    "children-of-one": {"one", "children-of-one"},
    "unbounded": {"one", "bounded", "children-of-one", "unbounded"},
}
IDENTITIES = ["user", "system-with-sharing", "system"]
GATES = ["none", "declared-only", "self-grantable", "guarded", "confirmed", "approval"]
REVERSIBILITIES = ["reversible", "recoverable", "irreversible"]

# Claim or member → (who may set it, whether it grants authority).
PROVENANCE = {
    **dict.fromkeys(["iat", "nbf", "exp", "jti", "txn", "att", "trace", "payload_sha256"], ("platform", False)),
    **dict.fromkeys(["rctx.request_id", "rctx.quiddity"], ("platform", False)),
    **dict.fromkeys(["run_as", "req_wl", "data_classes", "masking_hints", "approvals"], ("platform", True)),
    **dict.fromkeys(["aud", "act", "owner", "policy", "manifest", "authorization_details"], ("config", True)),
    **dict.fromkeys(["rctx.topic", "rctx.action", "tctx.task_type", "tctx.max_cost_usd_micros"], ("config", True)),
    **dict.fromkeys(["sub", "sub_kind", "sub_auth"], ("platform linked", True)),
    **dict.fromkeys(["tctx.purpose", "tctx.record_ids", "tctx.due"], ("platform linked config model", False)),
    "iss": ("platform config", True),
    "rctx.session": ("platform linked", False),
    "rctx.channel": ("platform linked config", False),
}


def jcs(value):
    """RFC 8785 for the whole numbers and the strings that the vectors hold."""
    if isinstance(value, dict):
        names = sorted(value, key=lambda name: name.encode("utf-16-be"))
        return "{" + ",".join(f"{jcs(name)}:{jcs(value[name])}" for name in names) + "}"
    if isinstance(value, list):
        return "[" + ",".join(map(jcs, value)) + "]"
    if isinstance(value, float):
        value = int(value)
    return json.dumps(value, ensure_ascii=False)


def digest(value):
    text = value if isinstance(value, str) else jcs(value)
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def target_contains(outer, inner):
    operations = {"upsert": {"upsert", "create", "update"}, "unknown": set()}
    return (
        inner["operation"] in operations.get(outer["operation"], {outer["operation"]})
        and outer["object"] in ("*", inner["object"])
        and ("*" in outer["fields"] or set(inner["fields"]) <= set(outer["fields"]))
    )


def contains(outer, inner):
    at_most = lambda order, a, b: order.index(a) <= order.index(b)
    fits = outer["extent"] != "bounded" or inner["extent"] != "bounded"
    return (
        target_contains(outer, inner)
        and inner["extent"] in EXTENTS[outer["extent"]]
        and (fits or inner.get("extentLimit", float("inf")) <= outer.get("extentLimit", 0))
        and at_most(IDENTITIES, inner["identity"], outer["identity"])
        and at_most(GATES, outer["gate"], inner["gate"])
        and at_most(REVERSIBILITIES, inner["reversibility"], outer["reversibility"])
        and ("recordIds" not in outer or set(inner.get("recordIds", ["*"])) <= set(outer["recordIds"]))
    )


def covers(outer, inner):
    return all(any(contains(wide, narrow) for wide in outer) for narrow in inner)


def require(condition, code):
    if not condition:
        raise Refused(code)


def check_rules(vector, claims, chain, setting):
    of_kind = {kind: before for kind, before, _ in chain}
    {"offer": offer, "accept": accept, "approval": approval, "result": result, "close": close}.get(
        vector["kind"], lambda *_: None
    )(vector, claims, of_kind, chain, setting)


def offer(vector, claims, _of_kind, _chain, setting):
    require(digest(vector["payload"]) == claims["payload_sha256"], "payload_mismatch")
    provenance(claims)
    grants = claims["authorization_details"]
    writes = [grant for grant in grants if grant["operation"] != "read"]
    require(claims["sub_auth"] != "unverified" or not writes, "subject_read_only")
    require(digest(setting.manifest) == claims["manifest"], "manifest_mismatch")
    key = (claims["act"]["sub"], claims["rctx"]["topic"], claims["rctx"]["action"])
    entries = [e for e in setting.manifest["actions"] if (e["agent"], e["topic"], e["action"]) == key]
    require(entries, "action_not_in_manifest")
    require(covers([effect for e in entries for effect in e["effects"]], writes), "authority_exceeds_manifest")


def provenance(claims):
    present = [name for name in claims if name not in ("prov", "rctx", "tctx")]
    present += [f"{claim}.{member}" for claim in ("rctx", "tctx") for member in claims[claim]]
    for name in present:
        source = claims["prov"].get(name)
        require(source, "provenance_missing")
        sources, grants_authority = PROVENANCE[name]
        if source not in sources.split():
            raise Refused("provenance_model" if source == "model" and grants_authority else "provenance_invalid")
    require(set(claims["prov"]) <= set(present), "provenance_invalid")


def accept(_vector, claims, of_kind, _chain, _setting):
    before = of_kind["offer"]
    require(claims["manifest"] == before["manifest"], "manifest_mismatch")
    require(covers(before["authorization_details"], claims["authorization_details"]), "authority_widened")
    require(claims["max_cost_usd_micros"] <= before["tctx"]["max_cost_usd_micros"], "cost_widened")


def approval(vector, claims, of_kind, chain, setting):
    plan = vector["plan"]
    require(set(plan) == {"tool", "arguments", "actor", "policy", "expires", "nonce"}, "plan_invalid")
    require(claims["over"] == digest(plan), "approval_plan_mismatch")
    if chain[-1][0] == "result":
        require(chain[-1][1]["plan_sha256"] == digest(plan), "approval_plan_mismatch")
    require(vector["now"] < plan["expires"], "approval_expired")
    require(claims["decision"] == "approved", "approval_rejected")
    require(not vector.get("wasUsed"), "approval_reused")
    require(claims["sub"] != of_kind["offer"]["sub"], "approver_is_requester")
    require(claims["sub"] != of_kind["offer"]["run_as"], "approver_is_agent")
    require(claims["sub"] not in setting.integration_users, "approver_is_integration_user")


def result(vector, claims, of_kind, chain, _setting):
    granted = of_kind["accept"]
    effects = claims["effects"]
    waits = claims["disposition"] == "approval_required"
    require(digest(vector["payload"]) == claims["payload_sha256"], "payload_mismatch")
    require(claims["digests"]["manifest"] == granted["manifest"], "manifest_mismatch")
    require(claims["disposition"] in ACTING or not effects, "disposition_inconsistent")
    require(waits == ("plan_sha256" in claims), "disposition_inconsistent")
    confirmed = all(effect["status"] == "confirmed" for effect in effects)
    require(claims["disposition"] != "executed" or confirmed, "disposition_inconsistent")
    require(claims["cost_usd_micros"] <= granted["max_cost_usd_micros"], "cost_widened")
    approved = {sha for kind, c, sha in chain if kind == "approval" and c["decision"] == "approved"}
    require(set(claims["approvals"]) <= approved, "effect_without_approval")
    check_effects(claims, granted["authorization_details"])


def check_effects(claims, grants):
    usable = [grant for grant in grants if grant["gate"] != "approval" or claims["approvals"]]
    room = {"one": 1, "children-of-one": float("inf"), "unbounded": float("inf")}

    def covering(effect, among):
        named = lambda grant: "recordIds" not in grant or effect.get("record_id") in grant["recordIds"]
        return [grant for grant in among if named(grant) and target_contains(grant, effect)]

    for effect in claims["effects"]:
        under = covering(effect, usable)
        granted = covering(effect, grants)
        require(under, "effect_without_approval" if granted else "effect_outside_authority")
        sharing = [e for e in claims["effects"] if all(grant in under for grant in covering(e, usable))]
        records = len({e["record_id"] for e in sharing if "record_id" in e})
        records += sum("record_id" not in e for e in sharing)
        limit = sum(room.get(grant["extent"], grant.get("extentLimit", 0)) for grant in under)
        require(records <= limit, "effect_outside_authority")


def close(_vector, claims, of_kind, _chain, _setting):
    require(claims["checkpoint_sha256"] == digest(of_kind["result"]["log"]["checkpoint"]), "checkpoint_mismatch")
