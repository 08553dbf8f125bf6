// Written by `npm run registries`. Do not edit.
import { addColumnRewrite } from "./add-column-rewrite.ts";
import { addColumnVolatileDefault } from "./add-column-volatile-default.ts";
import { addConstraintWithoutNotValid } from "./add-constraint-without-not-valid.ts";
import { addExclusionConstraint } from "./add-exclusion-constraint.ts";
import { addForeignKeyBlocking } from "./add-foreign-key-blocking.ts";
import { addPrimaryKeyBlocking } from "./add-primary-key-blocking.ts";
import { addRequiredColumn } from "./add-required-column.ts";
import { addUniqueConstraintBlocking } from "./add-unique-constraint-blocking.ts";
import { alterSystem } from "./alter-system.ts";
import { attachPartition } from "./attach-partition.ts";
import { backwardIncompatible } from "./backward-incompatible.ts";
import { changeColumnType } from "./change-column-type.ts";
import { commitInMigration } from "./commit-in-migration.ts";
import { concurrentInTransaction } from "./concurrent-in-transaction.ts";
import { createIndexNotConcurrent } from "./create-index-not-concurrent.ts";
import { deleteWithoutWhere } from "./delete-without-where.ts";
import { dependentObjectBreaks } from "./dependent-object-breaks.ts";
import { detachPartitionNotConcurrent } from "./detach-partition-not-concurrent.ts";
import { domainWithConstraint } from "./domain-with-constraint.ts";
import { dropCascade } from "./drop-cascade.ts";
import { dropColumn } from "./drop-column.ts";
import { dropConstraintLocksParent } from "./drop-constraint-locks-parent.ts";
import { dropConstraint } from "./drop-constraint.ts";
import { dropDatabase } from "./drop-database.ts";
import { dropIndexNotConcurrent } from "./drop-index-not-concurrent.ts";
import { dropNotNull } from "./drop-not-null.ts";
import { dropSchema } from "./drop-schema.ts";
import { dropTable } from "./drop-table.ts";
import { dropTrigger } from "./drop-trigger.ts";
import { duplicateIndexColumn } from "./duplicate-index-column.ts";
import { duplicateIndex } from "./duplicate-index.ts";
import { enumAddValueInTransaction } from "./enum-add-value-in-transaction.ts";
import { enumValueWithoutPosition } from "./enum-value-without-position.ts";
import { extensionUpgrade } from "./extension-upgrade.ts";
import { foreignKeyOnPartitionedNotValid } from "./foreign-key-on-partitioned-not-valid.ts";
import { foreignKeyTypeMismatch } from "./foreign-key-type-mismatch.ts";
import { foreignKeyWithoutIndex } from "./foreign-key-without-index.ts";
import { identifierTooLong } from "./identifier-too-long.ts";
import { invalidIndexRetry } from "./invalid-index-retry.ts";
import { irreversibleMigration } from "./irreversible-migration.ts";
import { lockTimeoutAfterLock } from "./lock-timeout-after-lock.ts";
import { lockTimeoutTooLong } from "./lock-timeout-too-long.ts";
import { mergeAlterTable } from "./merge-alter-table.ts";
import { missingIdleTimeout } from "./missing-idle-timeout.ts";
import { missingLockTimeout } from "./missing-lock-timeout.ts";
import { missingStatementTimeout } from "./missing-statement-timeout.ts";
import { mixedDdlDml } from "./mixed-ddl-dml.ts";
import { narrowingType } from "./narrowing-type.ts";
import { newTableReferencesHotTable } from "./new-table-references-hot-table.ts";
import { noDownMigration } from "./no-down-migration.ts";
import { nonTransactionalStatement } from "./non-transactional-statement.ts";
import { notNullOnExistingData } from "./not-null-on-existing-data.ts";
import { nullableUnique } from "./nullable-unique.ts";
import { onDeleteCascade } from "./on-delete-cascade.ts";
import { policyWithoutRls } from "./policy-without-rls.ts";
import { preferIdempotent } from "./prefer-idempotent.ts";
import { primaryKeyUsingNullableIndex } from "./primary-key-using-nullable-index.ts";
import { queryBreaks } from "./query-breaks.ts";
import { redundantIndex } from "./redundant-index.ts";
import { refreshMatviewLock } from "./refresh-matview-lock.ts";
import { refreshMatviewNotConcurrent } from "./refresh-matview-not-concurrent.ts";
import { reindexNotConcurrent } from "./reindex-not-concurrent.ts";
import { renameColumn } from "./rename-column.ts";
import { renameEnumValue } from "./rename-enum-value.ts";
import { renameSchema } from "./rename-schema.ts";
import { renameTable } from "./rename-table.ts";
import { requireSchemaQualified } from "./require-schema-qualified.ts";
import { rewriteUnderLock } from "./rewrite-under-lock.ts";
import { setNotNull } from "./set-not-null.ts";
import { setRole } from "./set-role.ts";
import { statementAfterAccessExclusive } from "./statement-after-access-exclusive.ts";
import { tableWithoutPrimaryKey } from "./table-without-primary-key.ts";
import { transactionNesting } from "./transaction-nesting.ts";
import { triggerChangeLock } from "./trigger-change-lock.ts";
import { truncateCascade } from "./truncate-cascade.ts";
import { truncateTable } from "./truncate-table.ts";
import { unbatchedBackfill } from "./unbatched-backfill.ts";
import { uncommittedTransaction } from "./uncommitted-transaction.ts";
import { uniqueOnExistingData } from "./unique-on-existing-data.ts";
import { updateWithoutWhere } from "./update-without-where.ts";
import { vacuumFull } from "./vacuum-full.ts";
import { validateInSameTransaction } from "./validate-in-same-transaction.ts";
import { wideLockWindow } from "./wide-lock-window.ts";
import type { Rule } from "../rule.ts";

/** Every rule, by file name. */
export const rules: readonly Rule[] = [
  addColumnRewrite,
  addColumnVolatileDefault,
  addConstraintWithoutNotValid,
  addExclusionConstraint,
  addForeignKeyBlocking,
  addPrimaryKeyBlocking,
  addRequiredColumn,
  addUniqueConstraintBlocking,
  alterSystem,
  attachPartition,
  backwardIncompatible,
  changeColumnType,
  commitInMigration,
  concurrentInTransaction,
  createIndexNotConcurrent,
  deleteWithoutWhere,
  dependentObjectBreaks,
  detachPartitionNotConcurrent,
  domainWithConstraint,
  dropCascade,
  dropColumn,
  dropConstraintLocksParent,
  dropConstraint,
  dropDatabase,
  dropIndexNotConcurrent,
  dropNotNull,
  dropSchema,
  dropTable,
  dropTrigger,
  duplicateIndexColumn,
  duplicateIndex,
  enumAddValueInTransaction,
  enumValueWithoutPosition,
  extensionUpgrade,
  foreignKeyOnPartitionedNotValid,
  foreignKeyTypeMismatch,
  foreignKeyWithoutIndex,
  identifierTooLong,
  invalidIndexRetry,
  irreversibleMigration,
  lockTimeoutAfterLock,
  lockTimeoutTooLong,
  mergeAlterTable,
  missingIdleTimeout,
  missingLockTimeout,
  missingStatementTimeout,
  mixedDdlDml,
  narrowingType,
  newTableReferencesHotTable,
  noDownMigration,
  nonTransactionalStatement,
  notNullOnExistingData,
  nullableUnique,
  onDeleteCascade,
  policyWithoutRls,
  preferIdempotent,
  primaryKeyUsingNullableIndex,
  queryBreaks,
  redundantIndex,
  refreshMatviewLock,
  refreshMatviewNotConcurrent,
  reindexNotConcurrent,
  renameColumn,
  renameEnumValue,
  renameSchema,
  renameTable,
  requireSchemaQualified,
  rewriteUnderLock,
  setNotNull,
  setRole,
  statementAfterAccessExclusive,
  tableWithoutPrimaryKey,
  transactionNesting,
  triggerChangeLock,
  truncateCascade,
  truncateTable,
  unbatchedBackfill,
  uncommittedTransaction,
  uniqueOnExistingData,
  updateWithoutWhere,
  vacuumFull,
  validateInSameTransaction,
  wideLockWindow,
];
