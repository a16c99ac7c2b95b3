"""Every table of the house, in an order in which they can be made."""

from fieldwork import journal
from fieldwork.briefings import models as briefings
from fieldwork.cases import models as cases
from fieldwork.core import searching
from fieldwork.feedback import models as feedback
from fieldwork.intake import models as intake
from fieldwork.people import models as people
from fieldwork.people.devices import models as devices
from fieldwork.photos import models as photos
from fieldwork.problems import models as problems
from fieldwork.records import models as records
from fieldwork.visits import models as visits

TABLES = (
    *people.TABLES,
    *devices.TABLES,
    journal.AuditEntry,
    searching.SearchDoc,
    *records.TABLES,
    *photos.TABLES,
    *visits.TABLES,
    *problems.TABLES,
    *cases.TABLES,
    *briefings.TABLES,
    *feedback.TABLES,
    *intake.TABLES,
)
