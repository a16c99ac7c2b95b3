"""The first schema, as a frozen copy: independent of the models as they are today."""

from peewee import *

def up(migrator, db):
    class Term(Model):
        uid = UUIDField(unique=True)
        version = IntegerField(default=1)
        kind = CharField(max_length=16)
        code = CharField(max_length=64)
        name = CharField(max_length=100)
        parent = ForeignKeyField('self', null=True, on_delete='RESTRICT')
        position = IntegerField(default=0)
        first_year = IntegerField(null=True)
        last_year = IntegerField(null=True)
        is_active = BooleanField(default=True)
        role = CharField(null=True, max_length=16)
        sort_key = TextField(default='')
        class Meta:
            database = db
            table_name = 'term'
            indexes = ((('kind', 'code'), True),)

    class Unit(Model):
        uid = UUIDField(unique=True)
        version = IntegerField(default=1)
        code = CharField(unique=True, max_length=64)
        name = CharField(max_length=100)
        short_name = CharField(max_length=50, default='')
        parent = ForeignKeyField('self', null=True, on_delete='RESTRICT')
        area = ForeignKeyField(Term, null=True, on_delete='RESTRICT')
        sector = ForeignKeyField(Term, null=True, on_delete='RESTRICT')
        unit_type = ForeignKeyField(Term, null=True, on_delete='RESTRICT')
        is_key = BooleanField(default=False)
        is_window = BooleanField(default=False)
        is_of_public_concern = BooleanField(default=False)
        lat = FloatField(null=True)
        lon = FloatField(null=True)
        contact = CharField(max_length=100, default='')
        sort_key = TextField(index=True, default='')
        sort_key_override = TextField(default='')
        pinyin = TextField(default='')
        initials = TextField(default='')
        is_active = BooleanField(default=True)
        class Meta:
            database = db
            table_name = 'unit'

    class User(Model):
        uid = UUIDField(unique=True)
        version = IntegerField(default=1)
        username = CharField(unique=True, max_length=64)
        name = CharField(max_length=50)
        password_hash = TextField()
        unit = ForeignKeyField(Unit, on_delete='RESTRICT')
        post = CharField(max_length=50, default='')
        phone = CharField(max_length=20, default='')
        sort_key = TextField(index=True, default='')
        sort_key_override = TextField(default='')
        pinyin = TextField(default='')
        initials = TextField(default='')
        is_active = BooleanField(default=True)
        must_change_password = BooleanField(default=True)
        session_epoch = IntegerField(default=0)
        created_at = DateTimeField()
        class Meta:
            database = db
            table_name = 'user'

    class AuditEntry(Model):
        at = DateTimeField(index=True)
        actor = ForeignKeyField(User, null=True, on_delete='RESTRICT')
        action = CharField(max_length=64)
        subject_kind = CharField(max_length=16, default='')
        subject_uid = UUIDField(null=True)
        version = IntegerField(null=True)
        from_state = CharField(max_length=32, default='')
        to_state = CharField(max_length=32, default='')
        detail = JSONField(default=dict)
        digest = CharField(max_length=64)
        class Meta:
            database = db
            table_name = 'audit_entry'
            indexes = ((('subject_uid', 'id'), False),)

    class Briefing(Model):
        uid = UUIDField(unique=True)
        version = IntegerField(default=1)
        state = CharField(max_length=16, default='draft')
        masthead = CharField(max_length=50)
        organ = CharField(max_length=100)
        title = CharField(max_length=200, default='')
        year = IntegerField(null=True)
        issue_no = IntegerField(null=True)
        total_no = IntegerField(null=True)
        dated = DateField(null=True)
        editors_note = TextField(default='')
        report_to = CharField(max_length=500, default='')
        send_to = CharField(max_length=500, default='')
        distribute_to = CharField(max_length=500, default='')
        copies = IntegerField(default=60)
        author = ForeignKeyField(User, on_delete='RESTRICT')
        created_at = DateTimeField()
        updated_at = DateTimeField()
        issued_by = ForeignKeyField(User, null=True, on_delete='RESTRICT')
        issued_at = DateTimeField(null=True)
        frozen = JSONField(null=True)
        docx_sha256 = CharField(max_length=64, default='')
        class Meta:
            database = db
            table_name = 'briefing'
            indexes = ((('masthead', 'year', 'issue_no'), True), (('masthead', 'total_no'), True))

    class Visit(Model):
        uid = UUIDField(unique=True)
        version = IntegerField(default=1)
        state = CharField(max_length=32)
        author = ForeignKeyField(User, field=User.id, on_delete='RESTRICT')
        author_unit = ForeignKeyField(Unit, field=Unit.id, on_delete='RESTRICT')
        unit = ForeignKeyField(Unit, field=Unit.id, on_delete='RESTRICT')
        area = ForeignKeyField(Term, field=Term.id, null=True, on_delete='RESTRICT')
        sector = ForeignKeyField(Term, field=Term.id, null=True, on_delete='RESTRICT')
        unit_type = ForeignKeyField(Term, field=Term.id, null=True, on_delete='RESTRICT')
        title = CharField(max_length=200, default='')
        text = TextField(default='')
        programmes = JSONField(default=list)
        captured_at = DateTimeField(index=True)
        captured_offset_min = IntegerField(default=480)
        received_at = DateTimeField()
        updated_at = DateTimeField()
        lat = FloatField(null=True)
        lon = FloatField(null=True)
        accuracy_m = FloatField(null=True)
        place_note = CharField(max_length=200, default='')
        deleted_at = DateTimeField(null=True)
        purpose = TextField(default='')
        participants = CharField(max_length=500, default='')
        received_by = CharField(max_length=200, default='')
        advice = TextField(default='')
        method = CharField(max_length=16, default='on_site')
        class Meta:
            database = db
            table_name = 'visit'

    class Case(Model):
        uid = UUIDField(unique=True)
        version = IntegerField(default=1)
        state = CharField(max_length=32)
        author = ForeignKeyField(User, field=User.id, on_delete='RESTRICT')
        author_unit = ForeignKeyField(Unit, field=Unit.id, on_delete='RESTRICT')
        unit = ForeignKeyField(Unit, field=Unit.id, on_delete='RESTRICT')
        area = ForeignKeyField(Term, field=Term.id, null=True, on_delete='RESTRICT')
        sector = ForeignKeyField(Term, field=Term.id, null=True, on_delete='RESTRICT')
        unit_type = ForeignKeyField(Term, field=Term.id, null=True, on_delete='RESTRICT')
        title = CharField(max_length=200, default='')
        text = TextField(default='')
        programmes = JSONField(default=list)
        captured_at = DateTimeField(index=True)
        captured_offset_min = IntegerField(default=480)
        received_at = DateTimeField()
        updated_at = DateTimeField()
        lat = FloatField(null=True)
        lon = FloatField(null=True)
        accuracy_m = FloatField(null=True)
        place_note = CharField(max_length=200, default='')
        deleted_at = DateTimeField(null=True)
        summary = TextField(default='')
        background = TextField(default='')
        effect = TextField(default='')
        lessons = TextField(default='')
        conditions = TextField(default='')
        authors = CharField(max_length=200, default='')
        contact = CharField(max_length=200, default='')
        case_type = ForeignKeyField(Term, null=True, on_delete='RESTRICT')
        visit = ForeignKeyField(Visit, null=True, on_delete='RESTRICT')
        stage = ForeignKeyField(Term, null=True, on_delete='RESTRICT')
        round = IntegerField(default=0)
        submitted_at = DateTimeField(null=True)
        mentor = CharField(max_length=100, default='')
        cultivate_until = DateField(null=True)
        grade = CharField(max_length=16, default='')
        grade_document = CharField(max_length=100, default='')
        promoted_at = DateTimeField(null=True)
        class Meta:
            database = db
            table_name = 'case'
            indexes = ((('state', 'stage', 'id'), False), (('state', 'area', 'id'), False))

    class Problem(Model):
        uid = UUIDField(unique=True)
        version = IntegerField(default=1)
        state = CharField(max_length=32)
        author = ForeignKeyField(User, field=User.id, on_delete='RESTRICT')
        author_unit = ForeignKeyField(Unit, field=Unit.id, on_delete='RESTRICT')
        unit = ForeignKeyField(Unit, field=Unit.id, on_delete='RESTRICT')
        area = ForeignKeyField(Term, field=Term.id, null=True, on_delete='RESTRICT')
        sector = ForeignKeyField(Term, field=Term.id, null=True, on_delete='RESTRICT')
        unit_type = ForeignKeyField(Term, field=Term.id, null=True, on_delete='RESTRICT')
        title = CharField(max_length=200, default='')
        text = TextField(default='')
        programmes = JSONField(default=list)
        captured_at = DateTimeField(index=True)
        captured_offset_min = IntegerField(default=480)
        received_at = DateTimeField()
        updated_at = DateTimeField()
        lat = FloatField(null=True)
        lon = FloatField(null=True)
        accuracy_m = FloatField(null=True)
        place_note = CharField(max_length=200, default='')
        deleted_at = DateTimeField(null=True)
        number = CharField(unique=True, max_length=20)
        visit = ForeignKeyField(Visit, null=True, on_delete='RESTRICT')
        category = ForeignKeyField(Term, null=True, on_delete='RESTRICT')
        level = CharField(max_length=16, default='')
        urgency = CharField(max_length=16, default='normal')
        raised_by = CharField(max_length=100, default='')
        cause = TextField(default='')
        suggestion = TextField(default='')
        lead_unit = ForeignKeyField(Unit, null=True, on_delete='RESTRICT')
        requirement = TextField(default='')
        due_on = DateField(null=True)
        asked_due_on = DateField(null=True)
        waiting_since = DateTimeField(null=True)
        waited_days = IntegerField(default=0)
        look_again_on = DateField(null=True)
        merged_into = ForeignKeyField('self', null=True, on_delete='RESTRICT')
        solver = ForeignKeyField(User, null=True, on_delete='RESTRICT')
        is_escalated = BooleanField(default=False)
        done = TextField(default='')
        verdict = CharField(max_length=16, default='')
        closed_at = DateTimeField(null=True)
        is_fixed = BooleanField(null=True)
        class Meta:
            database = db
            table_name = 'problem'
            constraints = [Check("urgency IN ('normal', 'pressing', 'urgent')")]
            indexes = ((('state', 'id'), False), (('state', 'area', 'id'), False), (('area', 'id'), False), (('state', 'due_on'), False), (('lead_unit', 'state'), False))

    class BriefingItem(Model):
        uid = UUIDField(unique=True)
        briefing = ForeignKeyField(Briefing, on_delete='CASCADE')
        position = IntegerField(default=0)
        item_kind = CharField(max_length=16)
        case = ForeignKeyField(Case, null=True, on_delete='RESTRICT')
        problem = ForeignKeyField(Problem, null=True, on_delete='RESTRICT')
        heading = CharField(max_length=200, default='')
        body = TextField(default='')
        photos = JSONField(default=list)
        class Meta:
            database = db
            table_name = 'briefing_item'

    class CaseSource(Model):
        case = ForeignKeyField(Case, on_delete='CASCADE')
        visit = ForeignKeyField(Visit, null=True, on_delete='RESTRICT')
        problem = ForeignKeyField(Problem, null=True, on_delete='RESTRICT')
        class Meta:
            database = db
            table_name = 'case_source'

    class CoHandler(Model):
        problem = ForeignKeyField(Problem, on_delete='CASCADE')
        unit = ForeignKeyField(Unit, on_delete='RESTRICT')
        class Meta:
            database = db
            table_name = 'co_handler'
            indexes = ((('problem', 'unit'), True),)

    class Feedback(Model):
        uid = UUIDField(unique=True)
        version = IntegerField(default=1)
        author = ForeignKeyField(User, null=True, on_delete='RESTRICT')
        contact = CharField(max_length=100, default='')
        page = CharField(max_length=300, default='')
        text = TextField()
        at = DateTimeField()
        reply = TextField(default='')
        replied_by = ForeignKeyField(User, null=True, on_delete='RESTRICT')
        replied_at = DateTimeField(null=True)
        class Meta:
            database = db
            table_name = 'feedback'

    class Grant(Model):
        user = ForeignKeyField(User, on_delete='CASCADE')
        role = CharField(max_length=16)
        area = ForeignKeyField(Term, null=True, on_delete='RESTRICT')
        sector = ForeignKeyField(Term, null=True, on_delete='RESTRICT')
        class Meta:
            database = db
            table_name = 'grant'

    class LastNumber(Model):
        year = IntegerField(primary_key=True)
        last = IntegerField(default=0)
        class Meta:
            database = db
            table_name = 'last_number'

    class LoginAttempt(Model):
        key = CharField(max_length=100)
        at = DateTimeField()
        class Meta:
            database = db
            table_name = 'login_attempt'
            indexes = ((('key', 'at'), False),)

    class Photo(Model):
        sha256 = CharField(unique=True, max_length=64)
        size_bytes = BigIntegerField()
        mime = CharField(max_length=32)
        width = IntegerField()
        height = IntegerField()
        taken_at = DateTimeField(null=True)
        taken_offset_min = IntegerField(null=True)
        lat = FloatField(null=True)
        lon = FloatField(null=True)
        metadata = JSONField(default=dict)
        uploader = ForeignKeyField(User, on_delete='RESTRICT')
        received_at = DateTimeField()
        class Meta:
            database = db
            table_name = 'photo'

    class PhotoLink(Model):
        kind = CharField(max_length=16)
        record_id = IntegerField()
        photo = ForeignKeyField(Photo, on_delete='RESTRICT')
        caption = CharField(max_length=200, default='')
        purpose = CharField(max_length=16, default='shown')
        position = IntegerField(default=0)
        added_by = ForeignKeyField(User, on_delete='RESTRICT')
        added_at = DateTimeField()
        class Meta:
            database = db
            table_name = 'photo_link'
            indexes = ((('kind', 'record_id', 'photo'), True),)

    class PhotoUpload(Model):
        photo = ForeignKeyField(Photo, on_delete='CASCADE')
        user = ForeignKeyField(User, on_delete='CASCADE')
        at = DateTimeField()
        class Meta:
            database = db
            table_name = 'photo_upload'
            indexes = ((('photo', 'user'), True),)

    class Pin(Model):
        case = ForeignKeyField(Case, on_delete='CASCADE')
        round = IntegerField()
        field = CharField(max_length=80)
        comment = TextField()
        author = ForeignKeyField(User, on_delete='RESTRICT')
        at = DateTimeField()
        done_at = DateTimeField(null=True)
        class Meta:
            database = db
            table_name = 'pin'

    class Revision(Model):
        kind = CharField(max_length=16)
        record_id = IntegerField()
        version = IntegerField()
        actor = ForeignKeyField(User, on_delete='RESTRICT')
        at = DateTimeField()
        body = JSONField()
        class Meta:
            database = db
            table_name = 'revision'
            indexes = ((('kind', 'record_id', 'version'), True),)

    class SearchDoc(Model):
        kind = CharField(max_length=16)
        record_id = IntegerField()
        text = TextField()
        class Meta:
            database = db
            table_name = 'search_doc'
            indexes = ((('kind', 'record_id'), True),)

    class Setting(Model):
        key = CharField(primary_key=True, max_length=64)
        value = JSONField()
        class Meta:
            database = db
            table_name = 'setting'

    class VisitUnit(Model):
        visit = ForeignKeyField(Visit, on_delete='CASCADE')
        unit = ForeignKeyField(Unit, on_delete='RESTRICT')
        class Meta:
            database = db
            table_name = 'visit_unit'
            indexes = ((('visit', 'unit'), True),)

    db.create_tables([
        Term,
        Unit,
        User,
        AuditEntry,
        Briefing,
        Visit,
        Case,
        Problem,
        BriefingItem,
        CaseSource,
        CoHandler,
        Feedback,
        Grant,
        LastNumber,
        LoginAttempt,
        Photo,
        PhotoLink,
        PhotoUpload,
        Pin,
        Revision,
        SearchDoc,
        Setting,
        VisitUnit,
    ])
    _make_search(db)


def _make_search(db):
    """What peewee cannot declare: two tsvector columns on PostgreSQL, a contentless FTS5 table on SQLite."""
    if isinstance(db, PostgresqlDatabase):
        db.execute_sql("ALTER TABLE search_doc ADD COLUMN bigrams tsvector, ADD COLUMN unigrams tsvector")
        db.execute_sql("CREATE INDEX search_doc_bigrams ON search_doc USING gin (bigrams)")
        db.execute_sql("CREATE INDEX search_doc_unigrams ON search_doc USING gin (unigrams)")
    else:
        db.execute_sql(
            "CREATE VIRTUAL TABLE search_fts USING fts5 "
            "(bigrams, unigrams, content='', tokenize='unicode61 remove_diacritics 0')"
        )
