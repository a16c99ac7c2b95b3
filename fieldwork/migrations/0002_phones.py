"""Phones: their tokens, what they sent, photos on their way, drafts kept early. A frozen copy, like the first."""

from peewee import *

def up(migrator, db):
    class User(Model):
        class Meta:
            database = db
            table_name = 'user'

    class Device(Model):
        uid = UUIDField(unique=True)
        user = ForeignKeyField(User, on_delete='CASCADE')
        name = CharField(max_length=100)
        digest = CharField(unique=True, max_length=64)
        scope = CharField(max_length=8, default='full')
        created_at = DateTimeField()
        expires_at = DateTimeField()
        revoked_at = DateTimeField(null=True)
        seen_at = DateTimeField(null=True)
        app_version = CharField(max_length=40, default='')
        unsent = IntegerField(null=True)
        oldest_unsent_at = DateTimeField(null=True)
        used_bytes = BigIntegerField(null=True)
        quota_bytes = BigIntegerField(null=True)
        is_persistent = BooleanField(null=True)
        class Meta:
            database = db
            table_name = 'device'

    class ExpectedPhoto(Model):
        kind = CharField(max_length=16)
        record_id = IntegerField()
        sha256 = CharField(index=True, max_length=64)
        caption = CharField(max_length=200, default='')
        position = IntegerField(default=0)
        user = ForeignKeyField(User, on_delete='RESTRICT')
        at = DateTimeField()
        class Meta:
            database = db
            table_name = 'expected_photo'
            indexes = ((('kind', 'record_id', 'sha256'), True),)

    class Upload(Model):
        uid = UUIDField(unique=True)
        user = ForeignKeyField(User, on_delete='CASCADE')
        size_bytes = BigIntegerField()
        offset_bytes = BigIntegerField(default=0)
        sha256 = CharField(max_length=64, default='')
        filename = CharField(max_length=255, default='')
        record_uid = UUIDField(null=True)
        created_at = DateTimeField()
        expires_at = DateTimeField(index=True)
        finished_at = DateTimeField(null=True)
        class Meta:
            database = db
            table_name = 'upload'

    class Draft(Model):
        kind = CharField(max_length=16)
        uid = UUIDField(unique=True)
        author = ForeignKeyField(User, on_delete='CASCADE')
        fields = JSONField()
        updated_at = DateTimeField()
        class Meta:
            database = db
            table_name = 'draft'
            indexes = ((('author', 'updated_at'), False),)

    class Submission(Model):
        uid = UUIDField(unique=True)
        record_kind = CharField(max_length=16)
        record_uid = UUIDField()
        author = ForeignKeyField(User, on_delete='RESTRICT')
        base_version = IntegerField(default=0)
        content_hash = CharField(max_length=64)
        body = JSONField()
        version = IntegerField(null=True)
        reason = CharField(max_length=16, default='')
        received_at = DateTimeField()
        imported_by = ForeignKeyField(User, null=True, on_delete='RESTRICT')
        settled_at = DateTimeField(null=True)
        settled_by = ForeignKeyField(User, null=True, on_delete='RESTRICT')
        class Meta:
            database = db
            table_name = 'submission'
            indexes = (
                (('record_uid', 'author', 'base_version', 'content_hash'), True),
                (('settled_at', 'reason'), False),
            )

    db.create_tables([Device, ExpectedPhoto, Upload, Draft, Submission])
