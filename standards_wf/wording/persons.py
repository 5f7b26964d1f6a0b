"""How people are named who acted: a deputy together with the person acted for."""

from standards_wf.wording.language import t


def acting_for(name: str | None, principal: str | None) -> str:
    """Somebody by name; of a deputy both names. Nothing for the clock, which has none."""
    if name and principal:
        return t("{name}（代理{principal}）", "{name} (for {principal})", name=name, principal=principal)
    return name or ""
