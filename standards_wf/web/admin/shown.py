"""What the administrator's pages have in common: the way between them."""

from flask import render_template, url_for

from standards_wf.wording.language import t

Link = dict[str, object]


def side_links(current: str) -> list[Link]:
    """The administrator's pages, for the side."""
    rows = (
        ("people", t("人员与角色", "People and roles")),
        ("organizations", t("单位", "Organisations")),
        ("committees", t("技术委员会", "Committees")),
        ("rules", t("程序参数", "Rules")),
        ("two_persons", t("双人办理", "Two persons")),
        ("clock", t("每日运行", "The clock")),
        ("outbox", t("后台任务", "Work after the acts")),
        ("audit", t("记录校验", "The record")),
    )
    links: list[Link] = [
        {"label": label, "url": url_for(f"admin.{name}"), "current": name == current} for name, label in rows
    ]
    # The series have pages of their own, which whoever publishes in them reads as well.
    links.insert(4, {"label": t("编号", "Numbers"), "url": url_for("numbers.listed"), "current": False})
    # Whoever may see a project may see how its stage was corrected.
    links.append({"label": t("人工更正", "Corrections"), "url": url_for("projects.corrections"), "current": False})
    return links


def show_admin(template: str, current: str, **values: object) -> str:
    """A page of the administrator beside the way to the others."""
    return render_template(f"admin/{template}.html", links=side_links(current), **values)


def way_to(name: str, label: str) -> tuple[tuple[str, str], ...]:
    """The way to a form, for its crumbs."""
    return ((t("管理", "Admin"), url_for("admin.people")), (label, url_for(f"admin.{name}")))
