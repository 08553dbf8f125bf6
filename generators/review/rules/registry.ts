// Written by `npm run registries`. Do not edit.
import { addColumnRewrite } from "./add-column-rewrite.ts";
import { addColumnVolatileDefault } from "./add-column-volatile-default.ts";
import { addConstraintWithoutNotValid } from "./add-constraint-without-not-valid.ts";
import { addExclusionConstraint } from "./add-exclusion-constraint.ts";
import { addForeignKeyBlocking } from "./add-foreign-key-blocking.ts";
import { addPrimaryKeyBlocking } from "./add-primary-key-blocking.ts";
import { addRequiredColumn } from "./add-required-column.ts";
import { addUniqueConstraintBlocking } from "./add-unique-constraint-blocking.ts";
import { attachPartition } from "./attach-partition.ts";
import { changeColumnType } from "./change-column-type.ts";
import { concurrentInTransaction } from "./concurrent-in-transaction.ts";
import { createIndexNotConcurrent } from "./create-index-not-concurrent.ts";
import { deleteWithoutWhere } from "./delete-without-where.ts";
import { detachPartitionNotConcurrent } from "./detach-partition-not-concurrent.ts";
import { domainWithConstraint } from "./domain-with-constraint.ts";
import { dropCascade } from "./drop-cascade.ts";
import { dropColumn } from "./drop-column.ts";
import { dropConstraintLocksParent } from "./drop-constraint-locks-parent.ts";
import { dropIndexNotConcurrent } from "./drop-index-not-concurrent.ts";
import { dropTable } from "./drop-table.ts";
import { duplicateIndexColumn } from "./duplicate-index-column.ts";
import { duplicateIndex } from "./duplicate-index.ts";
import { enumAddValueInTransaction } from "./enum-add-value-in-transaction.ts";
import { enumValueWithoutPosition } from "./enum-value-without-position.ts";
import { foreignKeyTypeMismatch } from "./foreign-key-type-mismatch.ts";
import { foreignKeyWithoutIndex } from "./foreign-key-without-index.ts";
import { invalidIndexRetry } from "./invalid-index-retry.ts";
import { mergeAlterTable } from "./merge-alter-table.ts";
import { missingLockTimeout } from "./missing-lock-timeout.ts";
import { newTableReferencesHotTable } from "./new-table-references-hot-table.ts";
import { nullableUnique } from "./nullable-unique.ts";
import { policyWithoutRls } from "./policy-without-rls.ts";
import { primaryKeyUsingNullableIndex } from "./primary-key-using-nullable-index.ts";
import { queryBreaks } from "./query-breaks.ts";
import { redundantIndex } from "./redundant-index.ts";
import { refreshMatviewLock } from "./refresh-matview-lock.ts";
import { refreshMatviewNotConcurrent } from "./refresh-matview-not-concurrent.ts";
import { reindexNotConcurrent } from "./reindex-not-concurrent.ts";
import { renameColumn } from "./rename-column.ts";
import { renameEnumValue } from "./rename-enum-value.ts";
import { renameTable } from "./rename-table.ts";
import { rewriteUnderLock } from "./rewrite-under-lock.ts";
import { setNotNull } from "./set-not-null.ts";
import { statementAfterAccessExclusive } from "./statement-after-access-exclusive.ts";
import { tableWithoutPrimaryKey } from "./table-without-primary-key.ts";
import { triggerChangeLock } from "./trigger-change-lock.ts";
import { truncateTable } from "./truncate-table.ts";
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
  attachPartition,
  changeColumnType,
  concurrentInTransaction,
  createIndexNotConcurrent,
  deleteWithoutWhere,
  detachPartitionNotConcurrent,
  domainWithConstraint,
  dropCascade,
  dropColumn,
  dropConstraintLocksParent,
  dropIndexNotConcurrent,
  dropTable,
  duplicateIndexColumn,
  duplicateIndex,
  enumAddValueInTransaction,
  enumValueWithoutPosition,
  foreignKeyTypeMismatch,
  foreignKeyWithoutIndex,
  invalidIndexRetry,
  mergeAlterTable,
  missingLockTimeout,
  newTableReferencesHotTable,
  nullableUnique,
  policyWithoutRls,
  primaryKeyUsingNullableIndex,
  queryBreaks,
  redundantIndex,
  refreshMatviewLock,
  refreshMatviewNotConcurrent,
  reindexNotConcurrent,
  renameColumn,
  renameEnumValue,
  renameTable,
  rewriteUnderLock,
  setNotNull,
  statementAfterAccessExclusive,
  tableWithoutPrimaryKey,
  triggerChangeLock,
  truncateTable,
  updateWithoutWhere,
  vacuumFull,
  validateInSameTransaction,
  wideLockWindow,
];
