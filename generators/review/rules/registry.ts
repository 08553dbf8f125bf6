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
import { ambiguousColumn } from "./ambiguous-column.ts";
import { attachPartition } from "./attach-partition.ts";
import { avoidEnum } from "./avoid-enum.ts";
import { backwardIncompatible } from "./backward-incompatible.ts";
import { booleanNullable } from "./boolean-nullable.ts";
import { calculationOnColumn } from "./calculation-on-column.ts";
import { cartesianJoin } from "./cartesian-join.ts";
import { changeColumnType } from "./change-column-type.ts";
import { charTooLong } from "./char-too-long.ts";
import { circularForeignKey } from "./circular-foreign-key.ts";
import { commitInMigration } from "./commit-in-migration.ts";
import { compositePk } from "./composite-pk.ts";
import { concurrentInTransaction } from "./concurrent-in-transaction.ts";
import { correlatedSubqueryInSelect } from "./correlated-subquery-in-select.ts";
import { countStarForExistence } from "./count-star-for-existence.ts";
import { createIndexNotConcurrent } from "./create-index-not-concurrent.ts";
import { crossDatabaseQuery } from "./cross-database-query.ts";
import { cteMaterialised } from "./cte-materialised.ts";
import { defaultNowWithoutTz } from "./default-now-without-tz.ts";
import { definer } from "./definer.ts";
import { deleteWithoutWhere } from "./delete-without-where.ts";
import { dependentObjectBreaks } from "./dependent-object-breaks.ts";
import { detachPartitionNotConcurrent } from "./detach-partition-not-concurrent.ts";
import { disallowedType } from "./disallowed-type.ts";
import { diskSort } from "./disk-sort.ts";
import { displayWidth } from "./display-width.ts";
import { distinctHidesJoin } from "./distinct-hides-join.ts";
import { dmlLimit } from "./dml-limit.ts";
import { dmlOrderBy } from "./dml-order-by.ts";
import { domainWithConstraint } from "./domain-with-constraint.ts";
import { dropCascade } from "./drop-cascade.ts";
import { dropColumn } from "./drop-column.ts";
import { dropConstraint } from "./drop-constraint.ts";
import { dropConstraintLocksParent } from "./drop-constraint-locks-parent.ts";
import { dropDatabase } from "./drop-database.ts";
import { dropIndexNotConcurrent } from "./drop-index-not-concurrent.ts";
import { dropIndexedColumn } from "./drop-indexed-column.ts";
import { dropNotNull } from "./drop-not-null.ts";
import { dropSchema } from "./drop-schema.ts";
import { dropTable } from "./drop-table.ts";
import { dropTrigger } from "./drop-trigger.ts";
import { duplicateColumnAssignment } from "./duplicate-column-assignment.ts";
import { duplicateIndex } from "./duplicate-index.ts";
import { duplicateIndexColumn } from "./duplicate-index-column.ts";
import { eav } from "./eav.ts";
import { editedAppliedMigration } from "./edited-applied-migration.ts";
import { enumAddValueInTransaction } from "./enum-add-value-in-transaction.ts";
import { enumValueWithoutPosition } from "./enum-value-without-position.ts";
import { equalsNull } from "./equals-null.ts";
import { extensionUpgrade } from "./extension-upgrade.ts";
import { fkParent } from "./fk-parent.ts";
import { floatForMoney } from "./float-for-money.ts";
import { forUpdateWithoutOrder } from "./for-update-without-order.ts";
import { foreignKeyOnPartitionedNotValid } from "./foreign-key-on-partitioned-not-valid.ts";
import { foreignKeyTypeMismatch } from "./foreign-key-type-mismatch.ts";
import { foreignKeyWithoutIndex } from "./foreign-key-without-index.ts";
import { functionOnColumn } from "./function-on-column.ts";
import { genericId } from "./generic-id.ts";
import { groupByOrdinal } from "./group-by-ordinal.ts";
import { hasFloat } from "./has-float.ts";
import { hasRoutine } from "./has-routine.ts";
import { hasTime } from "./has-time.ts";
import { hashBatches } from "./hash-batches.ts";
import { havingWithoutAggregate } from "./having-without-aggregate.ts";
import { heapFetches } from "./heap-fetches.ts";
import { identifierTooLong } from "./identifier-too-long.ts";
import { implicitCast } from "./implicit-cast.ts";
import { indexFilterInefficiency } from "./index-filter-inefficiency.ts";
import { indexOnBlob } from "./index-on-blob.ts";
import { insertWithoutColumns } from "./insert-without-columns.ts";
import { invalidIndexRetry } from "./invalid-index-retry.ts";
import { irreversibleMigration } from "./irreversible-migration.ts";
import { jitCost } from "./jit-cost.ts";
import { joinTypeMismatch } from "./join-type-mismatch.ts";
import { largeInsert } from "./large-insert.ts";
import { leadingWildcardLike } from "./leading-wildcard-like.ts";
import { likeWithoutPatternOps } from "./like-without-pattern-ops.ts";
import { limitWithoutOrder } from "./limit-without-order.ts";
import { lockTimeoutAfterLock } from "./lock-timeout-after-lock.ts";
import { lockTimeoutTooLong } from "./lock-timeout-too-long.ts";
import { lossyBitmap } from "./lossy-bitmap.ts";
import { mergeAlterTable } from "./merge-alter-table.ts";
import { metadataTribbles } from "./metadata-tribbles.ts";
import { missingComment } from "./missing-comment.ts";
import { missingCreatedUpdated } from "./missing-created-updated.ts";
import { missingForeignKey } from "./missing-foreign-key.ts";
import { missingIdleTimeout } from "./missing-idle-timeout.ts";
import { missingIndexFromPlan } from "./missing-index-from-plan.ts";
import { missingLimit } from "./missing-limit.ts";
import { missingLockTimeout } from "./missing-lock-timeout.ts";
import { missingStatementTimeout } from "./missing-statement-timeout.ts";
import { mixedDdlDml } from "./mixed-ddl-dml.ts";
import { moneyType } from "./money-type.ts";
import { mssqlAddCheckNocheck } from "./mssql-add-check-nocheck.ts";
import { mssqlAddCheckWithCheck } from "./mssql-add-check-with-check.ts";
import { mssqlAddForeignKeyNocheck } from "./mssql-add-foreign-key-nocheck.ts";
import { mssqlAddForeignKeyWithCheck } from "./mssql-add-foreign-key-with-check.ts";
import { mssqlAddNotNullDefault } from "./mssql-add-not-null-default.ts";
import { mssqlAlterColumn } from "./mssql-alter-column.ts";
import { mssqlCursor } from "./mssql-cursor.ts";
import { mssqlDeprecatedType } from "./mssql-deprecated-type.ts";
import { mssqlExecuteString } from "./mssql-execute-string.ts";
import { mssqlFnPrefix } from "./mssql-fn-prefix.ts";
import { mssqlIdentityGlobal } from "./mssql-identity-global.ts";
import { mssqlIndexNotResumable } from "./mssql-index-not-resumable.ts";
import { mssqlMissingLockTimeout } from "./mssql-missing-lock-timeout.ts";
import { mssqlMissingSetNocount } from "./mssql-missing-set-nocount.ts";
import { mssqlMissingTryCatch } from "./mssql-missing-try-catch.ts";
import { mssqlMissingXactAbort } from "./mssql-missing-xact-abort.ts";
import { mssqlNestedView } from "./mssql-nested-view.ts";
import { mssqlNotEqualPredicate } from "./mssql-not-equal-predicate.ts";
import { mssqlOfflineIndex } from "./mssql-offline-index.ts";
import { mssqlPartitionSwitch } from "./mssql-partition-switch.ts";
import { mssqlPreferExistsOverIn } from "./mssql-prefer-exists-over-in.ts";
import { mssqlQueryHint } from "./mssql-query-hint.ts";
import { mssqlRealOrFloat } from "./mssql-real-or-float.ts";
import { mssqlSpPrefix } from "./mssql-sp-prefix.ts";
import { mssqlSpRename } from "./mssql-sp-rename.ts";
import { mssqlStaticPredicate } from "./mssql-static-predicate.ts";
import { mssqlTableVariableJoin } from "./mssql-table-variable-join.ts";
import { mssqlTableWithoutClusteredIndex } from "./mssql-table-without-clustered-index.ts";
import { mssqlTableWithoutUniqueKey } from "./mssql-table-without-unique-key.ts";
import { mssqlTooManyJoins } from "./mssql-too-many-joins.ts";
import { mssqlTypeWithoutLength } from "./mssql-type-without-length.ts";
import { mssqlTypeWithoutScale } from "./mssql-type-without-scale.ts";
import { mssqlWaitAtLowPriority } from "./mssql-wait-at-low-priority.ts";
import { multiValuedAttribute } from "./multi-valued-attribute.ts";
import { mysqlAddColumnExpressionDefault } from "./mysql-add-column-expression-default.ts";
import { mysqlAddColumnNotInstant } from "./mysql-add-column-not-instant.ts";
import { mysqlAutoIncrementStart } from "./mysql-auto-increment-start.ts";
import { mysqlAutoIncrementType } from "./mysql-auto-increment-type.ts";
import { mysqlAutoIncrementUnsigned } from "./mysql-auto-increment-unsigned.ts";
import { mysqlChangeColumn } from "./mysql-change-column.ts";
import { mysqlCharsetAllowList } from "./mysql-charset-allow-list.ts";
import { mysqlCollationAllowList } from "./mysql-collation-allow-list.ts";
import { mysqlColumnOrder } from "./mysql-column-order.ts";
import { mysqlCopyAlgorithm } from "./mysql-copy-algorithm.ts";
import { mysqlDropColumnNotInstant } from "./mysql-drop-column-not-instant.ts";
import { mysqlImplicitDefault } from "./mysql-implicit-default.ts";
import { mysqlInlineReferencesIgnored } from "./mysql-inline-references-ignored.ts";
import { mysqlInstantRowVersions } from "./mysql-instant-row-versions.ts";
import { mysqlNonInnodb } from "./mysql-non-innodb.ts";
import { mysqlNonStrictSetNotNull } from "./mysql-non-strict-set-not-null.ts";
import { mysqlRequireAlgorithm } from "./mysql-require-algorithm.ts";
import { mysqlRequireLock } from "./mysql-require-lock.ts";
import { mysqlSeveralDdl } from "./mysql-several-ddl.ts";
import { mysqlTableCopy } from "./mysql-table-copy.ts";
import { mysqlVarcharByteBoundary } from "./mysql-varchar-byte-boundary.ts";
import { nPlusOne } from "./n-plus-one.ts";
import { nameCase } from "./name-case.ts";
import { namingConvention } from "./naming-convention.ts";
import { narrowingType } from "./narrowing-type.ts";
import { newTableReferencesHotTable } from "./new-table-references-hot-table.ts";
import { noCharN } from "./no-char-n.ts";
import { noDownMigration } from "./no-down-migration.ts";
import { noForeignKeys } from "./no-foreign-keys.ts";
import { noPartition } from "./no-partition.ts";
import { noTrigger } from "./no-trigger.ts";
import { nolock } from "./nolock.ts";
import { nonSkipLockedQueue } from "./non-skip-locked-queue.ts";
import { nonTransactionalStatement } from "./non-transactional-statement.ts";
import { notInNullable } from "./not-in-nullable.ts";
import { notNullOnExistingData } from "./not-null-on-existing-data.ts";
import { notNullWithoutDefault } from "./not-null-without-default.ts";
import { nullableColumn } from "./nullable-column.ts";
import { nullableUnique } from "./nullable-unique.ts";
import { offsetPaging } from "./offset-paging.ts";
import { onDeleteCascade } from "./on-delete-cascade.ts";
import { orAcrossColumns } from "./or-across-columns.ts";
import { orderByOrdinal } from "./order-by-ordinal.ts";
import { orderByRandom } from "./order-by-random.ts";
import { outOfOrderMigration } from "./out-of-order-migration.ts";
import { plaintextPassword } from "./plaintext-password.ts";
import { planningTimeOverExecution } from "./planning-time-over-execution.ts";
import { plpgsqlCheck } from "./plpgsql-check.ts";
import { policyWithoutRls } from "./policy-without-rls.ts";
import { preferBigint } from "./prefer-bigint.ts";
import { preferBigintOverSmallint } from "./prefer-bigint-over-smallint.ts";
import { preferIdempotent } from "./prefer-idempotent.ts";
import { preferIdentity } from "./prefer-identity.ts";
import { preferJsonb } from "./prefer-jsonb.ts";
import { preferText } from "./prefer-text.ts";
import { preferTimestamptz } from "./prefer-timestamptz.ts";
import { primaryKeyType } from "./primary-key-type.ts";
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
import { reservedWord } from "./reserved-word.ts";
import { rewriteUnderLock } from "./rewrite-under-lock.ts";
import { rlsDisabled } from "./rls-disabled.ts";
import { rlsInitplan } from "./rls-initplan.ts";
import { rowEstimateOff } from "./row-estimate-off.ts";
import { searchPathMutable } from "./search-path-mutable.ts";
import { securityDefinerView } from "./security-definer-view.ts";
import { selectStar } from "./select-star.ts";
import { selectWithoutWhere } from "./select-without-where.ts";
import { sensitiveColumnExposed } from "./sensitive-column-exposed.ts";
import { seqScanBigTable } from "./seq-scan-big-table.ts";
import { setNotNull } from "./set-not-null.ts";
import { setRole } from "./set-role.ts";
import { sqlInjectionConcat } from "./sql-injection-concat.ts";
import { statementAfterAccessExclusive } from "./statement-after-access-exclusive.ts";
import { tableOwner } from "./table-owner.ts";
import { tableWithoutPrimaryKey } from "./table-without-primary-key.ts";
import { tooManyIndexColumns } from "./too-many-index-columns.ts";
import { tooManyIndexes } from "./too-many-indexes.ts";
import { tooManyOr } from "./too-many-or.ts";
import { transactionNesting } from "./transaction-nesting.ts";
import { triggerChangeLock } from "./trigger-change-lock.ts";
import { triggerTime } from "./trigger-time.ts";
import { truncateCascade } from "./truncate-cascade.ts";
import { truncateTable } from "./truncate-table.ts";
import { unbatchedBackfill } from "./unbatched-backfill.ts";
import { uncommittedTransaction } from "./uncommitted-transaction.ts";
import { unionVsUnionAll } from "./union-vs-union-all.ts";
import { uniqueOnExistingData } from "./unique-on-existing-data.ts";
import { unknownColumn } from "./unknown-column.ts";
import { unknownTable } from "./unknown-table.ts";
import { unusedIndex } from "./unused-index.ts";
import { unusedSortIndex } from "./unused-sort-index.ts";
import { updateWithoutWhere } from "./update-without-where.ts";
import { uuidV4Pk } from "./uuid-v4-pk.ts";
import { vacuumFull } from "./vacuum-full.ts";
import { validateInSameTransaction } from "./validate-in-same-transaction.ts";
import { varcharTooLong } from "./varchar-too-long.ts";
import { wideLockWindow } from "./wide-lock-window.ts";
import { widePk } from "./wide-pk.ts";
import { zeroDate } from "./zero-date.ts";
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
  ambiguousColumn,
  attachPartition,
  avoidEnum,
  backwardIncompatible,
  booleanNullable,
  calculationOnColumn,
  cartesianJoin,
  changeColumnType,
  charTooLong,
  circularForeignKey,
  commitInMigration,
  compositePk,
  concurrentInTransaction,
  correlatedSubqueryInSelect,
  countStarForExistence,
  createIndexNotConcurrent,
  crossDatabaseQuery,
  cteMaterialised,
  defaultNowWithoutTz,
  definer,
  deleteWithoutWhere,
  dependentObjectBreaks,
  detachPartitionNotConcurrent,
  disallowedType,
  diskSort,
  displayWidth,
  distinctHidesJoin,
  dmlLimit,
  dmlOrderBy,
  domainWithConstraint,
  dropCascade,
  dropColumn,
  dropConstraint,
  dropConstraintLocksParent,
  dropDatabase,
  dropIndexNotConcurrent,
  dropIndexedColumn,
  dropNotNull,
  dropSchema,
  dropTable,
  dropTrigger,
  duplicateColumnAssignment,
  duplicateIndex,
  duplicateIndexColumn,
  eav,
  editedAppliedMigration,
  enumAddValueInTransaction,
  enumValueWithoutPosition,
  equalsNull,
  extensionUpgrade,
  fkParent,
  floatForMoney,
  forUpdateWithoutOrder,
  foreignKeyOnPartitionedNotValid,
  foreignKeyTypeMismatch,
  foreignKeyWithoutIndex,
  functionOnColumn,
  genericId,
  groupByOrdinal,
  hasFloat,
  hasRoutine,
  hasTime,
  hashBatches,
  havingWithoutAggregate,
  heapFetches,
  identifierTooLong,
  implicitCast,
  indexFilterInefficiency,
  indexOnBlob,
  insertWithoutColumns,
  invalidIndexRetry,
  irreversibleMigration,
  jitCost,
  joinTypeMismatch,
  largeInsert,
  leadingWildcardLike,
  likeWithoutPatternOps,
  limitWithoutOrder,
  lockTimeoutAfterLock,
  lockTimeoutTooLong,
  lossyBitmap,
  mergeAlterTable,
  metadataTribbles,
  missingComment,
  missingCreatedUpdated,
  missingForeignKey,
  missingIdleTimeout,
  missingIndexFromPlan,
  missingLimit,
  missingLockTimeout,
  missingStatementTimeout,
  mixedDdlDml,
  moneyType,
  mssqlAddCheckNocheck,
  mssqlAddCheckWithCheck,
  mssqlAddForeignKeyNocheck,
  mssqlAddForeignKeyWithCheck,
  mssqlAddNotNullDefault,
  mssqlAlterColumn,
  mssqlCursor,
  mssqlDeprecatedType,
  mssqlExecuteString,
  mssqlFnPrefix,
  mssqlIdentityGlobal,
  mssqlIndexNotResumable,
  mssqlMissingLockTimeout,
  mssqlMissingSetNocount,
  mssqlMissingTryCatch,
  mssqlMissingXactAbort,
  mssqlNestedView,
  mssqlNotEqualPredicate,
  mssqlOfflineIndex,
  mssqlPartitionSwitch,
  mssqlPreferExistsOverIn,
  mssqlQueryHint,
  mssqlRealOrFloat,
  mssqlSpPrefix,
  mssqlSpRename,
  mssqlStaticPredicate,
  mssqlTableVariableJoin,
  mssqlTableWithoutClusteredIndex,
  mssqlTableWithoutUniqueKey,
  mssqlTooManyJoins,
  mssqlTypeWithoutLength,
  mssqlTypeWithoutScale,
  mssqlWaitAtLowPriority,
  multiValuedAttribute,
  mysqlAddColumnExpressionDefault,
  mysqlAddColumnNotInstant,
  mysqlAutoIncrementStart,
  mysqlAutoIncrementType,
  mysqlAutoIncrementUnsigned,
  mysqlChangeColumn,
  mysqlCharsetAllowList,
  mysqlCollationAllowList,
  mysqlColumnOrder,
  mysqlCopyAlgorithm,
  mysqlDropColumnNotInstant,
  mysqlImplicitDefault,
  mysqlInlineReferencesIgnored,
  mysqlInstantRowVersions,
  mysqlNonInnodb,
  mysqlNonStrictSetNotNull,
  mysqlRequireAlgorithm,
  mysqlRequireLock,
  mysqlSeveralDdl,
  mysqlTableCopy,
  mysqlVarcharByteBoundary,
  nPlusOne,
  nameCase,
  namingConvention,
  narrowingType,
  newTableReferencesHotTable,
  noCharN,
  noDownMigration,
  noForeignKeys,
  noPartition,
  noTrigger,
  nolock,
  nonSkipLockedQueue,
  nonTransactionalStatement,
  notInNullable,
  notNullOnExistingData,
  notNullWithoutDefault,
  nullableColumn,
  nullableUnique,
  offsetPaging,
  onDeleteCascade,
  orAcrossColumns,
  orderByOrdinal,
  orderByRandom,
  outOfOrderMigration,
  plaintextPassword,
  planningTimeOverExecution,
  plpgsqlCheck,
  policyWithoutRls,
  preferBigint,
  preferBigintOverSmallint,
  preferIdempotent,
  preferIdentity,
  preferJsonb,
  preferText,
  preferTimestamptz,
  primaryKeyType,
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
  reservedWord,
  rewriteUnderLock,
  rlsDisabled,
  rlsInitplan,
  rowEstimateOff,
  searchPathMutable,
  securityDefinerView,
  selectStar,
  selectWithoutWhere,
  sensitiveColumnExposed,
  seqScanBigTable,
  setNotNull,
  setRole,
  sqlInjectionConcat,
  statementAfterAccessExclusive,
  tableOwner,
  tableWithoutPrimaryKey,
  tooManyIndexColumns,
  tooManyIndexes,
  tooManyOr,
  transactionNesting,
  triggerChangeLock,
  triggerTime,
  truncateCascade,
  truncateTable,
  unbatchedBackfill,
  uncommittedTransaction,
  unionVsUnionAll,
  uniqueOnExistingData,
  unknownColumn,
  unknownTable,
  unusedIndex,
  unusedSortIndex,
  updateWithoutWhere,
  uuidV4Pk,
  vacuumFull,
  validateInSameTransaction,
  varcharTooLong,
  wideLockWindow,
  widePk,
  zeroDate,
];
