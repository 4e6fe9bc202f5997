"""First tables"""

import sqlalchemy as sa
import sqlmodel
from alembic import op


revision = '0001'
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table('audit_entries',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), nullable=False),
    sa.Column('at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('actor_id', sa.Integer(), nullable=True),
    sa.Column('actor_name', sqlmodel.sql.sqltypes.AutoString(), nullable=False),
    sa.Column('action', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('intention', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('object_type', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('object_id', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('origin', sqlmodel.sql.sqltypes.AutoString(length=32), nullable=False),
    sa.Column('before', sa.Text(), nullable=False),
    sa.Column('after', sa.Text(), nullable=False),
    sa.Column('content_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_entries'))
    )
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_audit_entries_at'), ['at'], unique=False)
        batch_op.create_index(batch_op.f('ix_audit_entries_object_type_object_id'), ['object_type', 'object_id'], unique=False)

    op.create_table('audit_seals',
    sa.Column('id', sa.BigInteger().with_variant(sa.Integer(), 'sqlite'), autoincrement=False, nullable=False),
    sa.Column('entry_id', sa.BigInteger(), nullable=False),
    sa.Column('chain_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_audit_seals')),
    sa.UniqueConstraint('entry_id', name=op.f('uq_audit_seals_entry_id'))
    )
    op.create_table('installation',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('value', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_installation')),
    sa.UniqueConstraint('name', name=op.f('uq_installation_name'))
    )
    op.create_table('partners',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partners')),
    sa.UniqueConstraint('name', name=op.f('uq_partners_name'))
    )
    op.create_table('regions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_regions')),
    sa.UniqueConstraint('code', name=op.f('uq_regions_code'))
    )
    op.create_table('rule_set_versions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('content_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('document', sa.Text(), nullable=False),
    sa.Column('stored_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_rule_set_versions')),
    sa.UniqueConstraint('content_hash', name=op.f('uq_rule_set_versions_content_hash'))
    )
    with op.batch_alter_table('rule_set_versions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_rule_set_versions_code'), ['code'], unique=False)

    op.create_table('sign_in_attempts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('name_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('failures', sa.Integer(), nullable=False),
    sa.Column('last_failed_at', sa.DateTime(timezone=True), nullable=False),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_attempts')),
    sa.UniqueConstraint('name_hash', name=op.f('uq_sign_in_attempts_name_hash'))
    )
    op.create_table('authorities',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('tender_number', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_authorities_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_authorities')),
    sa.UniqueConstraint('name', name=op.f('uq_authorities_name')),
    sa.UniqueConstraint('tender_number', name=op.f('uq_authorities_tender_number'))
    )
    with op.batch_alter_table('authorities', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_authorities_region_id'), ['region_id'], unique=False)

    op.create_table('candidates',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('target_group', sa.Enum('participation_act', 'jobs_agreement', 'sheltered', 'disability_benefit', 'unemployment_benefit', 'no_benefit', 'work_based_pupil', 'school_based_pupil', 'special_school_pupil', name='targetgroup', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('available_hours', sa.Numeric(precision=4, scale=1), nullable=True),
    sa.Column('profile', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('registered_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_candidates_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_candidates')),
    sa.UniqueConstraint('reference', name=op.f('uq_candidates_reference'))
    )
    with op.batch_alter_table('candidates', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_candidates_region_id'), ['region_id'], unique=False)

    op.create_table('municipalities',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('code', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_municipalities_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_municipalities')),
    sa.UniqueConstraint('code', name=op.f('uq_municipalities_code'))
    )
    with op.batch_alter_table('municipalities', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_municipalities_region_id'), ['region_id'], unique=False)

    op.create_table('users',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('email', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('role', sa.Enum('adviser', 'account_manager', 'sroi_officer', 'manager', 'admin', 'partner', 'employer', name='role', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('password_hash', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.Column('language', sqlmodel.sql.sqltypes.AutoString(length=2), nullable=False),
    sa.Column('phone', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
    sa.Column('partner_id', sa.Integer(), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['partner_id'], ['partners.id'], name=op.f('fk_users_partner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_users')),
    sa.UniqueConstraint('email', name=op.f('uq_users_email'))
    )
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_users_partner_id'), ['partner_id'], unique=False)

    op.create_table('authority_rule_sets',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('authority_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('rule_set_code', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('valid_from', sa.Date(), nullable=False),
    sa.Column('valid_until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['authority_id'], ['authorities.id'], name=op.f('fk_authority_rule_sets_authority_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_authority_rule_sets_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_authority_rule_sets')),
    sa.UniqueConstraint('authority_id', 'valid_from', name=op.f('uq_authority_rule_sets_authority_id_valid_from'))
    )
    with op.batch_alter_table('authority_rule_sets', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_authority_rule_sets_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_authority_rule_sets_region_id'), ['region_id'], unique=False)

    op.create_table('drafts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('form', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('body', sa.Text(), nullable=False),
    sa.Column('updated_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_drafts_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_drafts')),
    sa.UniqueConstraint('user_id', 'form', 'subject', name=op.f('uq_drafts_user_id_form_subject'))
    )
    with op.batch_alter_table('drafts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_drafts_user_id'), ['user_id'], unique=False)

    op.create_table('employers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('kvk_number', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=True),
    sa.Column('sbi_code', sqlmodel.sql.sqltypes.AutoString(length=8), nullable=True),
    sa.Column('staff_size', sa.Integer(), nullable=True),
    sa.Column('street', sqlmodel.sql.sqltypes.AutoString(length=160), nullable=True),
    sa.Column('postcode', sqlmodel.sql.sqltypes.AutoString(length=7), nullable=True),
    sa.Column('city', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=True),
    sa.Column('municipality_id', sa.Integer(), nullable=True),
    sa.Column('segment', sa.Enum('key', 'regional', 'local', 'sroi_only', 'social_enterprise', name='segment', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('phone', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
    sa.Column('website', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
    sa.Column('ceased_on', sa.Date(), nullable=True),
    sa.Column('holder_id', sa.Integer(), nullable=True),
    sa.Column('last_contact_on', sa.Date(), nullable=True),
    sa.Column('search_key', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.CheckConstraint('kvk_number IS NULL OR length(kvk_number) = 8', name=op.f('ck_employers_kvk_digits')),
    sa.ForeignKeyConstraint(['holder_id'], ['users.id'], name=op.f('fk_employers_holder_id')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_employers_municipality_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_employers_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_employers')),
    sa.UniqueConstraint('kvk_number', name=op.f('uq_employers_kvk_number'))
    )
    with op.batch_alter_table('employers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_employers_holder_id_last_contact_on'), ['holder_id', 'last_contact_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_employers_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_employers_region_id'), ['region_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_employers_region_id_last_contact_on'), ['region_id', 'last_contact_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_employers_region_id_search_key'), ['region_id', 'search_key'], unique=False)

    op.create_table('import_runs',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('employers', 'awards', name='importkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('file_name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('size_bytes', sa.BigInteger(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=True),
    sa.Column('state', sa.Enum('running', 'done', 'failed', 'interrupted', name='runstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('progress', sa.Integer(), nullable=False),
    sa.Column('started_by_id', sa.Integer(), nullable=True),
    sa.Column('started_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('worker', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('beat_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('finished_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('new_count', sa.Integer(), nullable=False),
    sa.Column('same_count', sa.Integer(), nullable=False),
    sa.Column('updated_count', sa.Integer(), nullable=False),
    sa.Column('rejected_count', sa.Integer(), nullable=False),
    sa.Column('skipped_count', sa.Integer(), nullable=False),
    sa.Column('unknown_count', sa.Integer(), nullable=False),
    sa.Column('message', sa.Text(), nullable=False),
    sa.Column('message_params', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_import_runs_region_id')),
    sa.ForeignKeyConstraint(['started_by_id'], ['users.id'], name=op.f('fk_import_runs_started_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_runs'))
    )
    with op.batch_alter_table('import_runs', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_runs_sha256'), ['sha256'], unique=False)
        batch_op.create_index(batch_op.f('ix_import_runs_started_by_id'), ['started_by_id'], unique=False)

    op.create_table('sign_in_sessions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('token_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('expires_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('revoked_at', sa.DateTime(timezone=True), nullable=True),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_sign_in_sessions_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_sign_in_sessions')),
    sa.UniqueConstraint('token_hash', name=op.f('uq_sign_in_sessions_token_hash'))
    )
    with op.batch_alter_table('sign_in_sessions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_sign_in_sessions_user_id'), ['user_id'], unique=False)

    op.create_table('user_authorities',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('authority_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authorities.id'], name=op.f('fk_user_authorities_authority_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_user_authorities_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_authorities')),
    sa.UniqueConstraint('user_id', 'authority_id', name=op.f('uq_user_authorities_user_id_authority_id'))
    )
    with op.batch_alter_table('user_authorities', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_authorities_user_id'), ['user_id'], unique=False)

    op.create_table('user_regions',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_user_regions_region_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_user_regions_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_regions')),
    sa.UniqueConstraint('user_id', 'region_id', name=op.f('uq_user_regions_user_id_region_id'))
    )
    with op.batch_alter_table('user_regions', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_regions_user_id'), ['user_id'], unique=False)

    op.create_table('account_team',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('team_role', sa.Enum('holder', 'deputy', name='teamrole', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('until', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_account_team_employer_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_account_team_region_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_account_team_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_account_team'))
    )
    with op.batch_alter_table('account_team', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_account_team_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_account_team_region_id'), ['region_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_account_team_user_id'), ['user_id'], unique=False)
        batch_op.create_index('uq_account_team_one_holder', ['employer_id'], unique=True, sqlite_where=sa.text("team_role = 'holder' AND until IS NULL"), postgresql_where=sa.text("team_role = 'holder' AND until IS NULL"))

    op.create_table('contact_moments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('author_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('visit', 'call', 'mail', 'event', name='momentkind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('held_on', sa.Date(), nullable=False),
    sa.Column('purposes', sa.JSON(), nullable=False),
    sa.Column('summary', sa.Text(), nullable=False),
    sa.Column('no_action_reason', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=True),
    sa.Column('created_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['author_id'], ['users.id'], name=op.f('fk_contact_moments_author_id')),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_contact_moments_employer_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_contact_moments_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_moments'))
    )
    with op.batch_alter_table('contact_moments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_moments_author_id_held_on'), ['author_id', 'held_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_moments_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_moments_employer_id_created_at'), ['employer_id', 'created_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_moments_employer_id_held_on_id'), ['employer_id', 'held_on', 'id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_moments_region_id'), ['region_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_moments_region_id_created_at'), ['region_id', 'created_at'], unique=False)

    op.create_table('contact_persons',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('job_title', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=True),
    sa.Column('email', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
    sa.Column('phone', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=True),
    sa.Column('active', sa.Boolean(), nullable=False),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_contact_persons_employer_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_contact_persons_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contact_persons'))
    )
    with op.batch_alter_table('contact_persons', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contact_persons_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contact_persons_region_id'), ['region_id'], unique=False)

    op.create_table('contracts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('authority_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('title', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=True),
    sa.Column('contract_type', sa.Enum('goods', 'services', 'works', name='contracttype', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('value_cents', sa.BigInteger(), nullable=False),
    sa.Column('labour_share', sa.Numeric(precision=5, scale=2), nullable=True),
    sa.Column('percentage', sa.Numeric(precision=5, scale=2), nullable=True),
    sa.Column('wage_bill_cents', sa.BigInteger(), nullable=True),
    sa.Column('published_on', sa.Date(), nullable=True),
    sa.Column('award_on', sa.Date(), nullable=False),
    sa.Column('start_on', sa.Date(), nullable=False),
    sa.Column('end_on', sa.Date(), nullable=False),
    sa.Column('rule_set_id', sa.Integer(), nullable=False),
    sa.Column('obligation_cents', sa.BigInteger(), nullable=False),
    sa.Column('state', sa.Enum('to_confirm', 'running', 'in_repair', 'settled', 'withdrawn', name='contractstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('confirmed_on', sa.Date(), nullable=True),
    sa.Column('repair_until', sa.Date(), nullable=True),
    sa.Column('settled_on', sa.Date(), nullable=True),
    sa.Column('withdrawn_reason', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=True),
    sa.Column('behind_on', sa.Date(), nullable=True),
    sa.Column('officer_id', sa.Integer(), nullable=True),
    sa.Column('approved_cents', sa.BigInteger(), nullable=False),
    sa.Column('submitted_cents', sa.BigInteger(), nullable=False),
    sa.Column('award_key', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
    sa.Column('ocid', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=True),
    sa.Column('cpv_code', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=True),
    sa.Column('search_key', sqlmodel.sql.sqltypes.AutoString(length=700), nullable=False),
    sa.Column('obligation_explanation', sa.JSON(), nullable=False),
    sa.CheckConstraint('end_on >= start_on', name=op.f('ck_contracts_ends_after_start')),
    sa.CheckConstraint('percentage IS NULL OR (percentage >= 0 AND percentage <= 100)', name=op.f('ck_contracts_percentage')),
    sa.CheckConstraint('value_cents >= 0 AND obligation_cents >= 0', name=op.f('ck_contracts_not_negative')),
    sa.ForeignKeyConstraint(['authority_id'], ['authorities.id'], name=op.f('fk_contracts_authority_id')),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_contracts_employer_id')),
    sa.ForeignKeyConstraint(['officer_id'], ['users.id'], name=op.f('fk_contracts_officer_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_contracts_region_id')),
    sa.ForeignKeyConstraint(['rule_set_id'], ['rule_set_versions.id'], name=op.f('fk_contracts_rule_set_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_contracts')),
    sa.UniqueConstraint('award_key', name=op.f('uq_contracts_award_key'))
    )
    with op.batch_alter_table('contracts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_contracts_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contracts_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contracts_ocid'), ['ocid'], unique=False)
        batch_op.create_index(batch_op.f('ix_contracts_officer_id'), ['officer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_contracts_region_id'), ['region_id'], unique=False)
        batch_op.create_index('ix_contracts_register', ['region_id', 'state', 'authority_id', 'employer_id', 'end_on', 'behind_on', 'repair_until', 'obligation_cents', 'approved_cents', 'submitted_cents'], unique=False)

    op.create_table('establishments',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('number', sqlmodel.sql.sqltypes.AutoString(length=12), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('street', sqlmodel.sql.sqltypes.AutoString(length=160), nullable=True),
    sa.Column('postcode', sqlmodel.sql.sqltypes.AutoString(length=7), nullable=True),
    sa.Column('city', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=True),
    sa.Column('municipality_id', sa.Integer(), nullable=True),
    sa.Column('ceased_on', sa.Date(), nullable=True),
    sa.CheckConstraint('length(number) = 12', name=op.f('ck_establishments_number_digits')),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_establishments_employer_id')),
    sa.ForeignKeyConstraint(['municipality_id'], ['municipalities.id'], name=op.f('fk_establishments_municipality_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_establishments_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_establishments')),
    sa.UniqueConstraint('number', name=op.f('uq_establishments_number'))
    )
    with op.batch_alter_table('establishments', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_establishments_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_establishments_municipality_id'), ['municipality_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_establishments_region_id'), ['region_id'], unique=False)

    op.create_table('import_buyers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('tender_number', sqlmodel.sql.sqltypes.AutoString(length=40), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('awards', sa.Integer(), nullable=False),
    sa.Column('total_cents', sa.BigInteger(), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['import_runs.id'], name=op.f('fk_import_buyers_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_buyers'))
    )
    with op.batch_alter_table('import_buyers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_buyers_run_id'), ['run_id'], unique=False)

    op.create_table('import_verdicts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('run_id', sa.Integer(), nullable=False),
    sa.Column('place', sa.Integer(), nullable=False),
    sa.Column('verdict', sa.Enum('new', 'same', 'updated', 'rejected', 'skipped', name='outcome', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(length=300), nullable=False),
    sa.Column('reference', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('changed', sa.JSON(), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('remarks', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['run_id'], ['import_runs.id'], name=op.f('fk_import_verdicts_run_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_import_verdicts'))
    )
    with op.batch_alter_table('import_verdicts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_import_verdicts_run_id_verdict_place'), ['run_id', 'verdict', 'place'], unique=False)

    op.create_table('memberships',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('joined_on', sa.Date(), nullable=False),
    sa.Column('motive', sa.Enum('needs_staff', 'social_practice', 'former_participant', name='motive', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('introduced_by_employer_id', sa.Integer(), nullable=True),
    sa.Column('introduced_by_user_id', sa.Integer(), nullable=True),
    sa.Column('left_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_memberships_employer_id')),
    sa.ForeignKeyConstraint(['introduced_by_employer_id'], ['employers.id'], name=op.f('fk_memberships_introduced_by_employer_id')),
    sa.ForeignKeyConstraint(['introduced_by_user_id'], ['users.id'], name=op.f('fk_memberships_introduced_by_user_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_memberships_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_memberships')),
    sa.UniqueConstraint('employer_id', name=op.f('uq_memberships_employer_id'))
    )
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_memberships_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_memberships_introduced_by_employer_id'), ['introduced_by_employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_memberships_region_id'), ['region_id'], unique=False)

    op.create_table('partner_employers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('partner_id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_partner_employers_employer_id')),
    sa.ForeignKeyConstraint(['partner_id'], ['partners.id'], name=op.f('fk_partner_employers_partner_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_partner_employers')),
    sa.UniqueConstraint('partner_id', 'employer_id', name=op.f('uq_partner_employers_partner_id_employer_id'))
    )
    with op.batch_alter_table('partner_employers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_partner_employers_employer_id'), ['employer_id'], unique=False)

    op.create_table('ties',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('other_employer_id', sa.Integer(), nullable=False),
    sa.Column('kind', sa.Enum('supplier', 'subcontractor', 'same_concern', 'referral', 'neighbour', 'branch_association', 'person_moved', name='tiekind', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('since', sa.Date(), nullable=False),
    sa.Column('note', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=True),
    sa.CheckConstraint('employer_id <> other_employer_id', name=op.f('ck_ties_not_itself')),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_ties_employer_id')),
    sa.ForeignKeyConstraint(['other_employer_id'], ['employers.id'], name=op.f('fk_ties_other_employer_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_ties_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_ties')),
    sa.UniqueConstraint('employer_id', 'other_employer_id', 'kind', name=op.f('uq_ties_employer_id_other_employer_id_kind'))
    )
    with op.batch_alter_table('ties', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_ties_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ties_other_employer_id'), ['other_employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_ties_region_id'), ['region_id'], unique=False)

    op.create_table('user_employers',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('user_id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_user_employers_employer_id')),
    sa.ForeignKeyConstraint(['user_id'], ['users.id'], name=op.f('fk_user_employers_user_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_user_employers')),
    sa.UniqueConstraint('user_id', name=op.f('uq_user_employers_user_id'))
    )
    with op.batch_alter_table('user_employers', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_user_employers_employer_id'), ['employer_id'], unique=False)

    op.create_table('attendances',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('moment_id', sa.Integer(), nullable=False),
    sa.Column('contact_person_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['contact_person_id'], ['contact_persons.id'], name=op.f('fk_attendances_contact_person_id')),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_attendances_employer_id')),
    sa.ForeignKeyConstraint(['moment_id'], ['contact_moments.id'], name=op.f('fk_attendances_moment_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_attendances_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_attendances')),
    sa.UniqueConstraint('moment_id', 'contact_person_id', name=op.f('uq_attendances_moment_id_contact_person_id'))
    )
    with op.batch_alter_table('attendances', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_attendances_contact_person_id'), ['contact_person_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attendances_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_attendances_region_id'), ['region_id'], unique=False)

    op.create_table('carving_cases',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('department', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('signal', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=False),
    sa.Column('effect', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('stage', sa.Enum('signal', 'orientation', 'commitment', 'analysis', 'package', 'decision', 'open_job', 'filled', 'review', 'consolidated', 'stopped', name='stage', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('stage_since', sa.Date(), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('moment_id', sa.Integer(), nullable=True),
    sa.Column('stop_reason', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=True),
    sa.Column('opened_on', sa.Date(), nullable=False),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_carving_cases_employer_id')),
    sa.ForeignKeyConstraint(['moment_id'], ['contact_moments.id'], name=op.f('fk_carving_cases_moment_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_carving_cases_owner_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_carving_cases_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_carving_cases'))
    )
    with op.batch_alter_table('carving_cases', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_carving_cases_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_carving_cases_moment_id'), ['moment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_carving_cases_owner_id'), ['owner_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_carving_cases_region_id'), ['region_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_carving_cases_region_id_stage_stage_since'), ['region_id', 'stage', 'stage_since'], unique=False)

    op.create_table('follow_ups',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('moment_id', sa.Integer(), nullable=True),
    sa.Column('what', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('owner_id', sa.Integer(), nullable=False),
    sa.Column('due_on', sa.Date(), nullable=False),
    sa.Column('done_on', sa.Date(), nullable=True),
    sa.Column('done_by_id', sa.Integer(), nullable=True),
    sa.ForeignKeyConstraint(['done_by_id'], ['users.id'], name=op.f('fk_follow_ups_done_by_id')),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_follow_ups_employer_id')),
    sa.ForeignKeyConstraint(['moment_id'], ['contact_moments.id'], name=op.f('fk_follow_ups_moment_id')),
    sa.ForeignKeyConstraint(['owner_id'], ['users.id'], name=op.f('fk_follow_ups_owner_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_follow_ups_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_follow_ups'))
    )
    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_follow_ups_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_ups_employer_id_done_on_due_on'), ['employer_id', 'done_on', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_ups_moment_id'), ['moment_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_ups_owner_id_done_on_due_on'), ['owner_id', 'done_on', 'due_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_follow_ups_region_id'), ['region_id'], unique=False)

    op.create_table('imported_awards',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('authority_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('key', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=True),
    sa.Column('statements', sa.JSON(), nullable=False),
    sa.Column('said', sa.JSON(), nullable=True),
    sa.Column('notes', sa.JSON(), nullable=False),
    sa.ForeignKeyConstraint(['authority_id'], ['authorities.id'], name=op.f('fk_imported_awards_authority_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_imported_awards_contract_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_imported_awards_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_imported_awards')),
    sa.UniqueConstraint('key', name=op.f('uq_imported_awards_key'))
    )
    with op.batch_alter_table('imported_awards', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_imported_awards_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_imported_awards_contract_id'), ['contract_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_imported_awards_region_id'), ['region_id'], unique=False)

    op.create_table('carving_packages',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('opened_on', sa.Date(), nullable=True),
    sa.Column('filled_on', sa.Date(), nullable=True),
    sa.ForeignKeyConstraint(['case_id'], ['carving_cases.id'], name=op.f('fk_carving_packages_case_id')),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_carving_packages_employer_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_carving_packages_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_carving_packages'))
    )
    with op.batch_alter_table('carving_packages', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_carving_packages_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_carving_packages_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_carving_packages_region_id'), ['region_id'], unique=False)

    op.create_table('carving_stage_changes',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('stage', sa.Enum('signal', 'orientation', 'commitment', 'analysis', 'package', 'decision', 'open_job', 'filled', 'review', 'consolidated', 'stopped', name='stage', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('reason', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=True),
    sa.Column('changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('changed_by_id', sa.Integer(), nullable=False),
    sa.ForeignKeyConstraint(['case_id'], ['carving_cases.id'], name=op.f('fk_carving_stage_changes_case_id')),
    sa.ForeignKeyConstraint(['changed_by_id'], ['users.id'], name=op.f('fk_carving_stage_changes_changed_by_id')),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_carving_stage_changes_employer_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_carving_stage_changes_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_carving_stage_changes'))
    )
    with op.batch_alter_table('carving_stage_changes', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_carving_stage_changes_case_id_changed_at'), ['case_id', 'changed_at'], unique=False)
        batch_op.create_index(batch_op.f('ix_carving_stage_changes_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_carving_stage_changes_region_id'), ['region_id'], unique=False)

    op.create_table('carving_tasks',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('case_id', sa.Integer(), nullable=False),
    sa.Column('package_id', sa.Integer(), nullable=True),
    sa.Column('name', sqlmodel.sql.sqltypes.AutoString(length=160), nullable=False),
    sa.Column('hours_per_week', sa.Numeric(precision=5, scale=2), nullable=False),
    sa.Column('current_holder', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('releasable', sa.Enum('yes', 'with_change', 'no', name='releasable', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.CheckConstraint('hours_per_week > 0', name=op.f('ck_carving_tasks_some_hours')),
    sa.ForeignKeyConstraint(['case_id'], ['carving_cases.id'], name=op.f('fk_carving_tasks_case_id')),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_carving_tasks_employer_id')),
    sa.ForeignKeyConstraint(['package_id'], ['carving_packages.id'], name=op.f('fk_carving_tasks_package_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_carving_tasks_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_carving_tasks'))
    )
    with op.batch_alter_table('carving_tasks', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_carving_tasks_case_id'), ['case_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_carving_tasks_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_carving_tasks_package_id'), ['package_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_carving_tasks_region_id'), ['region_id'], unique=False)

    op.create_table('placements',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('candidate_id', sa.Integer(), nullable=False),
    sa.Column('candidate_reference', sqlmodel.sql.sqltypes.AutoString(length=16), nullable=False),
    sa.Column('target_group', sa.Enum('participation_act', 'jobs_agreement', 'sheltered', 'disability_benefit', 'unemployment_benefit', 'no_benefit', 'work_based_pupil', 'school_based_pupil', 'special_school_pupil', name='targetgroup', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('job_title', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('contract_form', sa.Enum('temporary', 'permanent', 'trial', 'secondment', 'work_experience', 'trainee', name='contractform', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('started_on', sa.Date(), nullable=False),
    sa.Column('planned_end_on', sa.Date(), nullable=True),
    sa.Column('ended_on', sa.Date(), nullable=True),
    sa.Column('end_reason', sa.Enum('term_ended', 'other_job', 'education', 'own_choice', 'employer_choice', 'no_work_left', 'never_started', 'other', name='endreason', native_enum=False, create_constraint=True, length=32), nullable=True),
    sa.Column('package_id', sa.Integer(), nullable=True),
    sa.Column('booked_by_id', sa.Integer(), nullable=False),
    sa.Column('hours_changed_at', sa.DateTime(timezone=True), nullable=False),
    sa.Column('hours_changes', sa.Integer(), nullable=False),
    sa.CheckConstraint('ended_on IS NULL OR ended_on >= started_on', name=op.f('ck_placements_ends_after_start')),
    sa.ForeignKeyConstraint(['booked_by_id'], ['users.id'], name=op.f('fk_placements_booked_by_id')),
    sa.ForeignKeyConstraint(['candidate_id'], ['candidates.id'], name=op.f('fk_placements_candidate_id')),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_placements_employer_id')),
    sa.ForeignKeyConstraint(['package_id'], ['carving_packages.id'], name=op.f('fk_placements_package_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_placements_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_placements'))
    )
    with op.batch_alter_table('placements', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_placements_candidate_id'), ['candidate_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placements_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placements_employer_id_started_on'), ['employer_id', 'started_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_placements_package_id'), ['package_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placements_region_id'), ['region_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_placements_region_id_started_on'), ['region_id', 'started_on'], unique=False)
        batch_op.create_index(batch_op.f('ix_placements_region_id_target_group_started_on'), ['region_id', 'target_group', 'started_on'], unique=False)

    op.create_table('efforts',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('authority_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('version', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=True),
    sa.Column('block', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('description', sqlmodel.sql.sqltypes.AutoString(length=400), nullable=False),
    sa.Column('subject', sqlmodel.sql.sqltypes.AutoString(length=120), nullable=False),
    sa.Column('starts_on', sa.Date(), nullable=True),
    sa.Column('ends_on', sa.Date(), nullable=True),
    sa.Column('state', sa.Enum('draft', 'submitted', 'sent_back', 'approved', 'withdrawn', name='effortstate', native_enum=False, create_constraint=True, length=32), nullable=False),
    sa.Column('value_cents', sa.BigInteger(), nullable=False),
    sa.Column('rule_set_hash', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=False),
    sa.Column('approved_cents', sa.BigInteger(), nullable=False),
    sa.Column('submitted_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('submitted_by_id', sa.Integer(), nullable=True),
    sa.Column('reviewed_at', sa.DateTime(timezone=True), nullable=True),
    sa.Column('reviewed_by_id', sa.Integer(), nullable=True),
    sa.Column('review_reason', sqlmodel.sql.sqltypes.AutoString(length=1000), nullable=True),
    sa.Column('facts', sa.JSON(), nullable=False),
    sa.Column('explanation', sa.JSON(), nullable=False),
    sa.Column('approved_explanation', sa.JSON(), nullable=True),
    sa.CheckConstraint('value_cents >= 0 AND approved_cents >= 0', name=op.f('ck_efforts_not_negative')),
    sa.ForeignKeyConstraint(['authority_id'], ['authorities.id'], name=op.f('fk_efforts_authority_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_efforts_contract_id')),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_efforts_employer_id')),
    sa.ForeignKeyConstraint(['placement_id'], ['placements.id'], name=op.f('fk_efforts_placement_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_efforts_region_id')),
    sa.ForeignKeyConstraint(['reviewed_by_id'], ['users.id'], name=op.f('fk_efforts_reviewed_by_id')),
    sa.ForeignKeyConstraint(['submitted_by_id'], ['users.id'], name=op.f('fk_efforts_submitted_by_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_efforts'))
    )
    with op.batch_alter_table('efforts', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_efforts_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_efforts_contract_id_state'), ['contract_id', 'state'], unique=False)
        batch_op.create_index(batch_op.f('ix_efforts_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_efforts_placement_id'), ['placement_id'], unique=False)
        batch_op.create_index('ix_efforts_queue', ['region_id', 'state', 'submitted_at', 'id', 'authority_id', 'contract_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_efforts_region_id'), ['region_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_efforts_region_id_submitted_at'), ['region_id', 'submitted_at'], unique=False)

    op.create_table('weekly_hours',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('placement_id', sa.Integer(), nullable=False),
    sa.Column('from_on', sa.Date(), nullable=False),
    sa.Column('hours', sa.Numeric(precision=4, scale=1), nullable=False),
    sa.CheckConstraint('hours >= 0 AND hours <= 60', name=op.f('ck_weekly_hours_possible_hours')),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_weekly_hours_employer_id')),
    sa.ForeignKeyConstraint(['placement_id'], ['placements.id'], name=op.f('fk_weekly_hours_placement_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_weekly_hours_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_weekly_hours')),
    sa.UniqueConstraint('placement_id', 'from_on', name=op.f('uq_weekly_hours_placement_id_from_on'))
    )
    with op.batch_alter_table('weekly_hours', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_weekly_hours_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_weekly_hours_region_id'), ['region_id'], unique=False)

    op.create_table('evidence',
    sa.Column('id', sa.Integer(), nullable=False),
    sa.Column('employer_id', sa.Integer(), nullable=False),
    sa.Column('authority_id', sa.Integer(), nullable=False),
    sa.Column('region_id', sa.Integer(), nullable=False),
    sa.Column('effort_id', sa.Integer(), nullable=False),
    sa.Column('contract_id', sa.Integer(), nullable=False),
    sa.Column('kind', sqlmodel.sql.sqltypes.AutoString(length=80), nullable=False),
    sa.Column('sha256', sqlmodel.sql.sqltypes.AutoString(length=64), nullable=True),
    sa.Column('file_name', sqlmodel.sql.sqltypes.AutoString(length=200), nullable=True),
    sa.Column('media_type', sqlmodel.sql.sqltypes.AutoString(length=100), nullable=True),
    sa.Column('size_bytes', sa.Integer(), nullable=True),
    sa.Column('seen_on', sa.Date(), nullable=True),
    sa.Column('added_by_id', sa.Integer(), nullable=True),
    sa.Column('added_at', sa.DateTime(timezone=True), nullable=False),
    sa.ForeignKeyConstraint(['added_by_id'], ['users.id'], name=op.f('fk_evidence_added_by_id')),
    sa.ForeignKeyConstraint(['authority_id'], ['authorities.id'], name=op.f('fk_evidence_authority_id')),
    sa.ForeignKeyConstraint(['contract_id'], ['contracts.id'], name=op.f('fk_evidence_contract_id')),
    sa.ForeignKeyConstraint(['effort_id'], ['efforts.id'], name=op.f('fk_evidence_effort_id')),
    sa.ForeignKeyConstraint(['employer_id'], ['employers.id'], name=op.f('fk_evidence_employer_id')),
    sa.ForeignKeyConstraint(['region_id'], ['regions.id'], name=op.f('fk_evidence_region_id')),
    sa.PrimaryKeyConstraint('id', name=op.f('pk_evidence'))
    )
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.create_index(batch_op.f('ix_evidence_authority_id'), ['authority_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_contract_id'), ['contract_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_effort_id'), ['effort_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_employer_id'), ['employer_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_region_id'), ['region_id'], unique=False)
        batch_op.create_index(batch_op.f('ix_evidence_sha256'), ['sha256'], unique=False)



def downgrade() -> None:
    with op.batch_alter_table('evidence', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_evidence_sha256'))
        batch_op.drop_index(batch_op.f('ix_evidence_region_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_employer_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_effort_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_contract_id'))
        batch_op.drop_index(batch_op.f('ix_evidence_authority_id'))

    op.drop_table('evidence')
    with op.batch_alter_table('weekly_hours', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_weekly_hours_region_id'))
        batch_op.drop_index(batch_op.f('ix_weekly_hours_employer_id'))

    op.drop_table('weekly_hours')
    with op.batch_alter_table('efforts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_efforts_region_id_submitted_at'))
        batch_op.drop_index(batch_op.f('ix_efforts_region_id'))
        batch_op.drop_index('ix_efforts_queue')
        batch_op.drop_index(batch_op.f('ix_efforts_placement_id'))
        batch_op.drop_index(batch_op.f('ix_efforts_employer_id'))
        batch_op.drop_index(batch_op.f('ix_efforts_contract_id_state'))
        batch_op.drop_index(batch_op.f('ix_efforts_authority_id'))

    op.drop_table('efforts')
    with op.batch_alter_table('placements', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_placements_region_id_target_group_started_on'))
        batch_op.drop_index(batch_op.f('ix_placements_region_id_started_on'))
        batch_op.drop_index(batch_op.f('ix_placements_region_id'))
        batch_op.drop_index(batch_op.f('ix_placements_package_id'))
        batch_op.drop_index(batch_op.f('ix_placements_employer_id_started_on'))
        batch_op.drop_index(batch_op.f('ix_placements_employer_id'))
        batch_op.drop_index(batch_op.f('ix_placements_candidate_id'))

    op.drop_table('placements')
    with op.batch_alter_table('carving_tasks', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_carving_tasks_region_id'))
        batch_op.drop_index(batch_op.f('ix_carving_tasks_package_id'))
        batch_op.drop_index(batch_op.f('ix_carving_tasks_employer_id'))
        batch_op.drop_index(batch_op.f('ix_carving_tasks_case_id'))

    op.drop_table('carving_tasks')
    with op.batch_alter_table('carving_stage_changes', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_carving_stage_changes_region_id'))
        batch_op.drop_index(batch_op.f('ix_carving_stage_changes_employer_id'))
        batch_op.drop_index(batch_op.f('ix_carving_stage_changes_case_id_changed_at'))

    op.drop_table('carving_stage_changes')
    with op.batch_alter_table('carving_packages', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_carving_packages_region_id'))
        batch_op.drop_index(batch_op.f('ix_carving_packages_employer_id'))
        batch_op.drop_index(batch_op.f('ix_carving_packages_case_id'))

    op.drop_table('carving_packages')
    with op.batch_alter_table('imported_awards', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_imported_awards_region_id'))
        batch_op.drop_index(batch_op.f('ix_imported_awards_contract_id'))
        batch_op.drop_index(batch_op.f('ix_imported_awards_authority_id'))

    op.drop_table('imported_awards')
    with op.batch_alter_table('follow_ups', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_follow_ups_region_id'))
        batch_op.drop_index(batch_op.f('ix_follow_ups_owner_id_done_on_due_on'))
        batch_op.drop_index(batch_op.f('ix_follow_ups_moment_id'))
        batch_op.drop_index(batch_op.f('ix_follow_ups_employer_id_done_on_due_on'))
        batch_op.drop_index(batch_op.f('ix_follow_ups_employer_id'))

    op.drop_table('follow_ups')
    with op.batch_alter_table('carving_cases', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_carving_cases_region_id_stage_stage_since'))
        batch_op.drop_index(batch_op.f('ix_carving_cases_region_id'))
        batch_op.drop_index(batch_op.f('ix_carving_cases_owner_id'))
        batch_op.drop_index(batch_op.f('ix_carving_cases_moment_id'))
        batch_op.drop_index(batch_op.f('ix_carving_cases_employer_id'))

    op.drop_table('carving_cases')
    with op.batch_alter_table('attendances', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_attendances_region_id'))
        batch_op.drop_index(batch_op.f('ix_attendances_employer_id'))
        batch_op.drop_index(batch_op.f('ix_attendances_contact_person_id'))

    op.drop_table('attendances')
    with op.batch_alter_table('user_employers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_employers_employer_id'))

    op.drop_table('user_employers')
    with op.batch_alter_table('ties', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_ties_region_id'))
        batch_op.drop_index(batch_op.f('ix_ties_other_employer_id'))
        batch_op.drop_index(batch_op.f('ix_ties_employer_id'))

    op.drop_table('ties')
    with op.batch_alter_table('partner_employers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_partner_employers_employer_id'))

    op.drop_table('partner_employers')
    with op.batch_alter_table('memberships', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_memberships_region_id'))
        batch_op.drop_index(batch_op.f('ix_memberships_introduced_by_employer_id'))
        batch_op.drop_index(batch_op.f('ix_memberships_employer_id'))

    op.drop_table('memberships')
    with op.batch_alter_table('import_verdicts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_verdicts_run_id_verdict_place'))

    op.drop_table('import_verdicts')
    with op.batch_alter_table('import_buyers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_buyers_run_id'))

    op.drop_table('import_buyers')
    with op.batch_alter_table('establishments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_establishments_region_id'))
        batch_op.drop_index(batch_op.f('ix_establishments_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_establishments_employer_id'))

    op.drop_table('establishments')
    with op.batch_alter_table('contracts', schema=None) as batch_op:
        batch_op.drop_index('ix_contracts_register')
        batch_op.drop_index(batch_op.f('ix_contracts_region_id'))
        batch_op.drop_index(batch_op.f('ix_contracts_officer_id'))
        batch_op.drop_index(batch_op.f('ix_contracts_ocid'))
        batch_op.drop_index(batch_op.f('ix_contracts_employer_id'))
        batch_op.drop_index(batch_op.f('ix_contracts_authority_id'))

    op.drop_table('contracts')
    with op.batch_alter_table('contact_persons', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_persons_region_id'))
        batch_op.drop_index(batch_op.f('ix_contact_persons_employer_id'))

    op.drop_table('contact_persons')
    with op.batch_alter_table('contact_moments', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_contact_moments_region_id_created_at'))
        batch_op.drop_index(batch_op.f('ix_contact_moments_region_id'))
        batch_op.drop_index(batch_op.f('ix_contact_moments_employer_id_held_on_id'))
        batch_op.drop_index(batch_op.f('ix_contact_moments_employer_id_created_at'))
        batch_op.drop_index(batch_op.f('ix_contact_moments_employer_id'))
        batch_op.drop_index(batch_op.f('ix_contact_moments_author_id_held_on'))

    op.drop_table('contact_moments')
    with op.batch_alter_table('account_team', schema=None) as batch_op:
        batch_op.drop_index('uq_account_team_one_holder', sqlite_where=sa.text("team_role = 'holder' AND until IS NULL"), postgresql_where=sa.text("team_role = 'holder' AND until IS NULL"))
        batch_op.drop_index(batch_op.f('ix_account_team_user_id'))
        batch_op.drop_index(batch_op.f('ix_account_team_region_id'))
        batch_op.drop_index(batch_op.f('ix_account_team_employer_id'))

    op.drop_table('account_team')
    with op.batch_alter_table('user_regions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_regions_user_id'))

    op.drop_table('user_regions')
    with op.batch_alter_table('user_authorities', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_user_authorities_user_id'))

    op.drop_table('user_authorities')
    with op.batch_alter_table('sign_in_sessions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_sign_in_sessions_user_id'))

    op.drop_table('sign_in_sessions')
    with op.batch_alter_table('import_runs', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_import_runs_started_by_id'))
        batch_op.drop_index(batch_op.f('ix_import_runs_sha256'))

    op.drop_table('import_runs')
    with op.batch_alter_table('employers', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_employers_region_id_search_key'))
        batch_op.drop_index(batch_op.f('ix_employers_region_id_last_contact_on'))
        batch_op.drop_index(batch_op.f('ix_employers_region_id'))
        batch_op.drop_index(batch_op.f('ix_employers_municipality_id'))
        batch_op.drop_index(batch_op.f('ix_employers_holder_id_last_contact_on'))

    op.drop_table('employers')
    with op.batch_alter_table('drafts', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_drafts_user_id'))

    op.drop_table('drafts')
    with op.batch_alter_table('authority_rule_sets', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_authority_rule_sets_region_id'))
        batch_op.drop_index(batch_op.f('ix_authority_rule_sets_authority_id'))

    op.drop_table('authority_rule_sets')
    with op.batch_alter_table('users', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_users_partner_id'))

    op.drop_table('users')
    with op.batch_alter_table('municipalities', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_municipalities_region_id'))

    op.drop_table('municipalities')
    with op.batch_alter_table('candidates', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_candidates_region_id'))

    op.drop_table('candidates')
    with op.batch_alter_table('authorities', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_authorities_region_id'))

    op.drop_table('authorities')
    op.drop_table('sign_in_attempts')
    with op.batch_alter_table('rule_set_versions', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_rule_set_versions_code'))

    op.drop_table('rule_set_versions')
    op.drop_table('regions')
    op.drop_table('partners')
    op.drop_table('installation')
    op.drop_table('audit_seals')
    with op.batch_alter_table('audit_entries', schema=None) as batch_op:
        batch_op.drop_index(batch_op.f('ix_audit_entries_object_type_object_id'))
        batch_op.drop_index(batch_op.f('ix_audit_entries_at'))

    op.drop_table('audit_entries')
