/**
 * Who read or changed what, provable afterwards.
 *
 * <p>{@link org.jikimi.runtime.audit.JdbcAudit} writes a row, with a keyed hash, in the transaction of what it tells of.
 * {@link org.jikimi.runtime.audit.AuditSealer} chains the rows into Merkle blocks and writes each block's head to an
 * {@link org.jikimi.runtime.audit.AnchorStore} outside the database. {@link org.jikimi.runtime.audit.AuditVerifier} holds
 * the three against each other.
 *
 * <p>What this shows: any change, deletion or exchange of sealed rows, even by the database's owner and even by one who
 * holds the keys, as long as the anchors are out of reach. What it cannot show: a row deleted before it was sealed, about
 * a second after its commit; and what was anchored last, if the anchors are cut off together with the chain.
 *
 * <p>The snapshots in the chain are those of one database cluster. They survive a physical restore or a failover; rows
 * copied into a new cluster by {@code pg_dump} need a new chain.
 */
@NullMarked
package org.jikimi.runtime.audit;

import org.jspecify.annotations.NullMarked;
