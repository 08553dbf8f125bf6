import { z } from "zod";

/** A query of the catalog, answered as one JSON text, with the shape of its rows. */
interface CatalogList<Row extends z.ZodType> {
  readonly query: string;
  readonly rows: z.ZodArray<Row>;
}

const list = <Row extends z.ZodType>(query: string, row: Row): CatalogList<Row> => ({
  query: `${query} for json path, include_null_values`,
  rows: z.array(row),
});

const id = z.number();
const text = z.string();
const maybe = z.string().nullable();
const flag = z.boolean();

/** Objects that somebody made; \`o` is sys.objects. */
const OWN =
  "o.is_ms_shipped = 0 and not exists (select 1 from sys.extended_properties e where e.class = 1 and e.major_id = o.object_id and e.minor_id = 0 and e.name = N'microsoft_database_tools_support')";
const SCHEMA_OF = "join sys.schemas s on s.schema_id = o.schema_id";

/** Everything of a database that its model needs, in the order in which it is asked for. SQL Server 2016 and newer. */
export const catalog = {
  server: list(
    `select cast(serverproperty('ProductVersion') as nvarchar(128)) as version, cast(databasepropertyex(db_name(), 'Collation') as nvarchar(128)) as collation`,
    z.object({ version: text, collation: maybe }),
  ),
  schemas: list(
    `select s.name, p.name as owner from sys.schemas s left join sys.database_principals p on p.principal_id = s.principal_id
      where s.schema_id < 16384 and s.name not in (N'sys', N'INFORMATION_SCHEMA', N'guest') order by s.name`,
    z.object({ name: text, owner: maybe }),
  ),
  types: list(
    `select s.name as [schema], t.name, t.is_table_type as isTable, tt.type_table_object_id as id, b.name as base, t.max_length as bytes, t.precision, t.scale, t.is_nullable as nullable
      from sys.types t join sys.schemas s on s.schema_id = t.schema_id left join sys.table_types tt on tt.user_type_id = t.user_type_id
      left join sys.types b on b.user_type_id = t.system_type_id and b.is_user_defined = 0
      where t.is_user_defined = 1 and t.is_assembly_type = 0 order by s.name, t.name`,
    z.object({
      schema: text,
      name: text,
      isTable: flag,
      id: id.nullable(),
      base: maybe,
      bytes: id,
      precision: id,
      scale: id,
      nullable: flag,
    }),
  ),
  tables: list(
    `select o.object_id as id, s.name as [schema], o.name, o.temporal_type as temporal, o.history_table_id as history, o.is_memory_optimized as inMemory, o.durability_desc as durability,
        ps.name as scheme, pc.name as schemeColumn, (select sum(p.rows) from sys.partitions p where p.object_id = o.object_id and p.index_id in (0, 1)) as rowTotal
      from sys.tables o ${SCHEMA_OF} left join sys.indexes i on i.object_id = o.object_id and i.index_id in (0, 1)
      left join sys.partition_schemes ps on ps.data_space_id = i.data_space_id
      left join sys.index_columns ic on ic.object_id = i.object_id and ic.index_id = i.index_id and ic.partition_ordinal = 1
      left join sys.columns pc on pc.object_id = ic.object_id and pc.column_id = ic.column_id
      where ${OWN} order by s.name, o.name`,
    z.object({
      id,
      schema: text,
      name: text,
      temporal: id,
      history: id.nullable(),
      inMemory: flag,
      durability: maybe,
      scheme: maybe,
      schemeColumn: maybe,
      rowTotal: z.number().nullable(),
    }),
  ),
  columns: list(
    `select c.object_id as object, c.column_id as id, c.name, t.name as type, ts.name as typeSchema, t.is_user_defined as isOwnType, c.max_length as bytes, c.precision, c.scale,
        c.is_nullable as nullable, c.collation_name as collation, c.is_sparse as sparse, c.is_rowguidcol as rowguid, c.is_hidden as hidden, c.generated_always_type as period,
        cc.definition as computed, cc.is_persisted as persisted, cast(ic.seed_value as nvarchar(40)) as seed, cast(ic.increment_value as nvarchar(40)) as increment,
        dc.name as defaultName, dc.is_system_named as isDefaultUnnamed, dc.definition as [default], mc.masking_function as mask
      from sys.columns c join sys.objects o on o.object_id = c.object_id join sys.types t on t.user_type_id = c.user_type_id join sys.schemas ts on ts.schema_id = t.schema_id
      left join sys.computed_columns cc on cc.object_id = c.object_id and cc.column_id = c.column_id
      left join sys.identity_columns ic on ic.object_id = c.object_id and ic.column_id = c.column_id
      left join sys.default_constraints dc on dc.object_id = c.default_object_id
      left join sys.masked_columns mc on mc.object_id = c.object_id and mc.column_id = c.column_id and mc.is_masked = 1
      where o.type in ('U', 'V', 'TT') and (o.is_ms_shipped = 0 or o.type = 'TT') order by c.object_id, c.column_id`,
    z.object({
      object: id,
      id,
      name: text,
      type: text,
      typeSchema: text,
      isOwnType: flag,
      bytes: id,
      precision: id,
      scale: id,
      nullable: flag,
      collation: maybe,
      sparse: flag,
      rowguid: flag,
      hidden: flag,
      period: id,
      computed: maybe,
      persisted: flag.nullable(),
      seed: maybe,
      increment: maybe,
      defaultName: maybe,
      isDefaultUnnamed: flag.nullable(),
      default: maybe,
      mask: maybe,
    }),
  ),
  indexes: list(
    `select i.object_id as object, i.index_id as id, i.name, i.type, i.is_unique as [unique], i.filter_definition as predicate, i.is_disabled as disabled,
        k.object_id as keyId, k.type as keyType, k.is_system_named as isUnnamed
      from sys.indexes i join sys.objects o on o.object_id = i.object_id
      left join sys.key_constraints k on k.parent_object_id = i.object_id and k.unique_index_id = i.index_id
      where o.type in ('U', 'V', 'TT') and (o.is_ms_shipped = 0 or o.type = 'TT') and i.type > 0 and i.is_hypothetical = 0 order by i.object_id, i.index_id`,
    z.object({
      object: id,
      id,
      name: text,
      type: id,
      unique: flag,
      predicate: maybe,
      disabled: flag,
      keyId: id.nullable(),
      keyType: maybe,
      isUnnamed: flag.nullable(),
    }),
  ),
  indexColumns: list(
    `select ic.object_id as object, ic.index_id as [index], c.name, ic.is_descending_key as descending, ic.is_included_column as included
      from sys.index_columns ic join sys.columns c on c.object_id = ic.object_id and c.column_id = ic.column_id join sys.objects o on o.object_id = ic.object_id
      where o.type in ('U', 'V', 'TT') and (o.is_ms_shipped = 0 or o.type = 'TT') and (ic.key_ordinal > 0 or ic.is_included_column = 1 or ic.partition_ordinal = 0)
      order by ic.object_id, ic.index_id, ic.is_included_column, ic.key_ordinal, ic.index_column_id`,
    z.object({ object: id, index: id, name: text, descending: flag, included: flag }),
  ),
  checks: list(
    `select o.object_id as id, o.parent_object_id as object, o.name, o.is_system_named as isUnnamed, c.name as [column], o.definition, o.is_disabled as disabled, o.is_not_trusted as untrusted
      from sys.check_constraints o left join sys.columns c on c.object_id = o.parent_object_id and c.column_id = o.parent_column_id
      where o.is_ms_shipped = 0 order by o.object_id`,
    z.object({
      id,
      object: id,
      name: text,
      isUnnamed: flag,
      column: maybe,
      definition: text,
      disabled: flag,
      untrusted: flag,
    }),
  ),
  foreignKeys: list(
    `select o.object_id as id, o.parent_object_id as object, o.name, o.is_system_named as isUnnamed, o.referenced_object_id as target, o.delete_referential_action_desc as onDelete,
        o.update_referential_action_desc as onUpdate, o.is_disabled as disabled, o.is_not_trusted as untrusted
      from sys.foreign_keys o where o.is_ms_shipped = 0 order by o.object_id`,
    z.object({
      id,
      object: id,
      name: text,
      isUnnamed: flag,
      target: id,
      onDelete: text,
      onUpdate: text,
      disabled: flag,
      untrusted: flag,
    }),
  ),
  foreignKeyColumns: list(
    `select f.constraint_object_id as [key], c.name, r.name as target from sys.foreign_key_columns f
      join sys.columns c on c.object_id = f.parent_object_id and c.column_id = f.parent_column_id
      join sys.columns r on r.object_id = f.referenced_object_id and r.column_id = f.referenced_column_id order by f.constraint_object_id, f.constraint_column_id`,
    z.object({ key: id, name: text, target: text }),
  ),
  modules: list(
    `select o.object_id as id, s.name as [schema], o.name, rtrim(o.type) as type, m.definition, t.is_disabled as disabled, po.name as parent, pz.name as parentSchema
      from sys.objects o ${SCHEMA_OF} join sys.sql_modules m on m.object_id = o.object_id left join sys.triggers t on t.object_id = o.object_id
      left join sys.objects po on po.object_id = o.parent_object_id left join sys.schemas pz on pz.schema_id = po.schema_id
      where ${OWN} and o.type in ('V', 'P', 'FN', 'IF', 'TF', 'TR') order by o.object_id`,
    z.object({
      id,
      schema: text,
      name: text,
      type: text,
      definition: maybe,
      disabled: flag.nullable(),
      parent: maybe,
      parentSchema: maybe,
    }),
  ),
  sequences: list(
    `select s.name as [schema], o.name, t.name as type, o.precision, o.scale, cast(o.start_value as nvarchar(40)) as start, cast(o.increment as nvarchar(40)) as increment,
        cast(o.minimum_value as nvarchar(40)) as minimum, cast(o.maximum_value as nvarchar(40)) as maximum, o.is_cycling as cycle
      from sys.sequences o ${SCHEMA_OF} join sys.types t on t.user_type_id = o.system_type_id where ${OWN} order by s.name, o.name`,
    z.object({
      schema: text,
      name: text,
      type: text,
      precision: id,
      scale: id.nullable(),
      start: text,
      increment: text,
      minimum: text,
      maximum: text,
      cycle: flag,
    }),
  ),
  synonyms: list(
    `select s.name as [schema], o.name, o.base_object_name as target from sys.synonyms o ${SCHEMA_OF} where ${OWN} order by s.name, o.name`,
    z.object({ schema: text, name: text, target: text }),
  ),
  periods: list(
    `select p.object_id as object, a.name as start, b.name as [end] from sys.periods p
      join sys.columns a on a.object_id = p.object_id and a.column_id = p.start_column_id join sys.columns b on b.object_id = p.object_id and b.column_id = p.end_column_id order by p.object_id`,
    z.object({ object: id, start: text, end: text }),
  ),
  comments: list(
    `select e.class, cast(e.value as nvarchar(max)) as value, s.name as [schema], o.name, rtrim(o.type) as type, c.name as [column], i.name as [index], po.name as parent, pz.name as parentSchema, rtrim(po.type) as parentType,
        z.name as ofSchema, t.name as ofType, tz.name as ofTypeSchema
      from sys.extended_properties e left join sys.objects o on e.class in (1, 7) and o.object_id = e.major_id left join sys.schemas s on s.schema_id = o.schema_id
      left join sys.columns c on e.class = 1 and e.minor_id > 0 and c.object_id = e.major_id and c.column_id = e.minor_id
      left join sys.indexes i on e.class = 7 and i.object_id = e.major_id and i.index_id = e.minor_id
      left join sys.objects po on po.object_id = o.parent_object_id left join sys.schemas pz on pz.schema_id = po.schema_id
      left join sys.schemas z on e.class = 3 and z.schema_id = e.major_id left join sys.types t on e.class = 6 and t.user_type_id = e.major_id left join sys.schemas tz on tz.schema_id = t.schema_id
      where e.name = N'MS_Description' order by e.class, e.major_id, e.minor_id`,
    z.object({
      class: id,
      value: maybe,
      schema: maybe,
      name: maybe,
      type: maybe,
      column: maybe,
      index: maybe,
      parent: maybe,
      parentSchema: maybe,
      parentType: maybe,
      ofSchema: maybe,
      ofType: maybe,
      ofTypeSchema: maybe,
    }),
  ),
  grants: list(
    `select s.name as [schema], o.name, c.name as [column], p.permission_name as permission, g.name as grantee
      from sys.database_permissions p join sys.objects o on o.object_id = p.major_id ${SCHEMA_OF} join sys.database_principals g on g.principal_id = p.grantee_principal_id
      left join sys.columns c on p.minor_id > 0 and c.object_id = p.major_id and c.column_id = p.minor_id
      where p.class = 1 and p.state in ('G', 'W') and ${OWN} order by s.name, o.name, g.name, p.permission_name, c.name`,
    z.object({ schema: text, name: text, column: maybe, permission: text, grantee: text }),
  ),
} as const;

type Lists = typeof catalog;
/** The rows of every list. */
export type Catalog = { readonly [Name in keyof Lists]: readonly z.output<Lists[Name]["rows"]["element"]>[] };

/** What is asked, in order. */
export const catalogQueries: readonly string[] = Object.values(catalog).map(({ query }) => query);

/** The answers to `catalogQueries`, checked; nothing found is an empty list. */
export function readCatalogAnswers(answers: readonly unknown[]): Catalog {
  const entries = Object.entries(catalog).map(([name, { rows }], at) => [name, rows.parse(answers[at] ?? [])]);
  // oxlint-disable-next-line typescript/no-unsafe-type-assertion -- Each list has just been parsed by the schema that its type is made of.
  return Object.fromEntries(entries) as Catalog;
}
