"""Who is handed a photo. The hash in the URL is nobody's: everybody gets 404, as for a guessed one."""

from tests.support.matrix import BOTH_READERS, Route, people

ROUTES: dict[str, Route] = {
    "GET photos.file": Route(values={"sha256": "0" * 64}, missing=True, may=people("")),
    "GET gallery.of_record": Route(thing="visit", sees=BOTH_READERS, may=BOTH_READERS, values={"kind": "visit"}),
    "GET checking.browse": Route(may=people("county east sector city office")),
    "GET mosaic.show": Route(values={"sha256": "0" * 64}, missing=True, may=people("")),
    **{
        f"POST {name}": Route(
            method="POST",
            values={"sha256": "0" * 64},
            data={"x": "0", "y": "0", "width": "1", "height": "1"},
            missing=True,
            may=people(""),
        )
        for name in ("mosaic.cover", "mosaic.uncover", "checking.check")
    },
}
