"""Who is let in where, for the endpoints of the room of people."""

from tests.support.matrix import EVERYBODY, Route, people

OFFICE = people("office admin")
ADMIN = people("admin")
ALL_SEE = {"north": EVERYBODY, "east": EVERYBODY}
SELF_SEES = {"north": people("xiaolin admin"), "east": people("stranger admin")}
ADMINS = {"north": ADMIN, "east": ADMIN}
OFFICES = {"north": OFFICE, "east": OFFICE}
OWN_DEVICES = {"north": people("xiaolin"), "east": people("stranger")}
AREAS = {"kind": "area"}
UNITS = {"kind": "units"}

ROUTES = {
    "GET script": Route(public=True, values={"name": "answers"}),
    "GET style": Route(public=True, values={"name": "site"}),
    "GET download": Route(public=True, values={"signed": "altered"}),
    "GET people.login": Route(public=True),
    "POST people.enter": Route("POST", public=True),
    "POST people.logout": Route("POST"),
    "GET people.password": Route(),
    "POST people.change_password": Route("POST"),
    "GET people.me": Route(),
    "POST people.prefs": Route("POST"),
    "POST people.end_sessions": Route("POST"),
    "POST people.let_device_in": Route("POST"),
    "GET people.browse_devices": Route(),
    "POST people.revoke_device": Route("POST", thing="device", sees=OWN_DEVICES, may=OWN_DEVICES),
    "GET people.unit_options": Route(),
    "GET people.admin": Route(may=OFFICE),
    "GET people.users": Route(may=ADMIN),
    "GET people.new_user": Route(may=ADMIN),
    "POST people.add_user": Route("POST", may=ADMIN),
    "GET people.user": Route(thing="account", sees=ALL_SEE, may=ADMINS),
    "POST people.change_user": Route("POST", thing="account", sees=ALL_SEE, may=ADMINS),
    "POST people.reset_password": Route("POST", thing="account", sees=SELF_SEES, may=ADMINS),
    "POST people.set_user_activity": Route("POST", thing="account", sees=SELF_SEES, may=ADMINS),
    "GET people.units": Route(may=OFFICE),
    "GET people.new_unit": Route(may=OFFICE),
    "POST people.add_unit": Route("POST", may=OFFICE),
    "GET people.unit": Route(thing="unit", sees=ALL_SEE, may=OFFICES),
    "POST people.change_unit": Route("POST", thing="unit", sees=ALL_SEE, may=OFFICES),
    "POST people.set_unit_activity": Route("POST", thing="unit", sees=ALL_SEE, may=OFFICES),
    "GET people.terms": Route(may=OFFICE, values=AREAS),
    "POST people.add_term": Route("POST", may=OFFICE, values=AREAS),
    "GET people.term": Route(thing="term", sees=ALL_SEE, may=OFFICES),
    "POST people.change_term": Route("POST", thing="term", sees=ALL_SEE, may=OFFICES),
    "POST people.move_term": Route("POST", thing="term", sees=ALL_SEE, may=OFFICES),
    "POST people.set_term_activity": Route("POST", thing="term", sees=ALL_SEE, may=OFFICES),
    "GET people.settings": Route(may=OFFICE),
    "POST people.change_settings": Route("POST", may=OFFICE),
    "GET people.importing": Route(may=OFFICE, values=UNITS),
    "GET people.import_template": Route(may=OFFICE, values=UNITS),
    "POST people.preview_import": Route("POST", may=OFFICE, values=UNITS),
    "POST people.confirm_import": Route("POST", may=OFFICE, values=UNITS),
    "POST people.import_passwords": Route("POST", may=ADMIN),
}
