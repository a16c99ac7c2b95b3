"""Who is let in where among what comes from phones."""

from tests.support.matrix import Route, people

AUTHORS = {"north": people("xiaolin"), "east": people("stranger")}
OFFICE = people("office")
BOTH_OFFICE = {"north": OFFICE, "east": OFFICE}

ROUTES: dict[str, Route] = {
    "GET intake.outbox": Route(),
    "GET intake.browse_conflicts": Route(),
    "GET intake.show_conflict": Route(thing="conflict", sees=AUTHORS, may=AUTHORS),
    "GET intake.conflict_photos": Route(thing="conflict", sees=AUTHORS, may=AUTHORS),
    "POST intake.choose": Route("POST", thing="conflict", sees=AUTHORS, may=AUTHORS, data={"keep": "1"}),
    "GET intake.browse_box": Route(may=OFFICE),
    "GET intake.show_boxed": Route(thing="boxed", sees=BOTH_OFFICE, may=BOTH_OFFICE),
    "GET intake.boxed_photo": Route(
        thing="boxed", sees=BOTH_OFFICE, may=BOTH_OFFICE, values={"sha256": "0" * 64}, gone=True
    ),
    "POST intake.adopt": Route("POST", thing="boxed", sees=BOTH_OFFICE, may=BOTH_OFFICE),
    "POST intake.refuse": Route("POST", thing="boxed", sees=BOTH_OFFICE, may=BOTH_OFFICE, data={"reason": "试验"}),
    "GET intake.importing": Route(may=OFFICE),
    "POST intake.preview_import": Route("POST", may=OFFICE),
    "POST intake.confirm_import": Route("POST", may=OFFICE),
}
