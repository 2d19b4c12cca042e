package org.jikimi.referral.referral;

import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jikimi.runtime.db.Sql;
import org.jspecify.annotations.Nullable;

/** Offers and the judgements they rest on, as stored. */
final class Offers {
    void insert(Connection tx, Referral offered) {
        var taker = offered.takerOrFail();
        Sql.on(tx)
                .createUpdate("INSERT INTO referral_offer (referral_id, round, agency_id, offered_at, expires_at) "
                        + "VALUES (:referral, :round, :agency, :offeredAt, :expiresAt)")
                .bind("referral", offered.id())
                .bind("round", offered.round())
                .bind("agency", taker.agencyId())
                .bind("offeredAt", taker.offeredAt())
                .bind("expiresAt", taker.expiresAt())
                .execute();
    }

    /** Notes how the referral's newest offer ended; one that was accepted may still be withdrawn. */
    void answer(Connection tx, Referral referral, OfferAnswer answer, @Nullable RefusalReason reason, Instant at) {
        Sql.on(tx)
                .createUpdate("UPDATE referral_offer SET answer = :answer, reason = :reason, answered_at = :at "
                        + "WHERE referral_id = :referral AND round = :round")
                .bind("answer", answer.name())
                .bind("reason", reason == null ? null : reason.name())
                .bind("at", at)
                .bind("referral", referral.id())
                .bind("round", referral.round())
                .execute();
    }

    List<Offer> of(Connection tx, UUID referralId) {
        return of(tx, List.of(referralId)).getOrDefault(referralId, List.of());
    }

    /** The offers of each referral that has any, first to last. */
    Map<UUID, List<Offer>> of(Connection tx, Collection<UUID> referralIds) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM referral_offer WHERE referral_id = ANY(:referrals) ORDER BY round")
                .bindArray("referrals", UUID.class, referralIds.toArray())
                .map((row, context) -> read(row))
                .collect(Collectors.groupingBy(Offer::referralId));
    }

    /** Replaces what was judged for a round that led to no offer. */
    void explain(Connection tx, UUID referralId, int round, List<Judgement> judgements) {
        Sql.on(tx)
                .createUpdate("DELETE FROM referral_judgement WHERE referral_id = :referral AND round = :round")
                .bind("referral", referralId)
                .bind("round", round)
                .execute();
        if (judgements.isEmpty()) {
            return;
        }
        var batch = Sql.on(tx)
                .prepareBatch(
                        "INSERT INTO referral_judgement (referral_id, round, agency_id, rank, failed, taken, places) "
                                + "VALUES (:referral, :round, :agency, :rank, :failed, :taken, :places)");
        for (var judgement : judgements) {
            batch.bind("referral", referralId)
                    .bind("round", round)
                    .bind("agency", judgement.agencyId())
                    .bind("rank", judgement.rank())
                    .bindArray(
                            "failed",
                            String.class,
                            judgement.failed().stream().map(Criterion::name).toArray())
                    .bind("taken", judgement.taken())
                    .bind("places", judgement.places())
                    .add();
        }
        batch.execute();
    }

    /** What was judged for each round, the chosen one first. */
    List<RoundJudgement> explanation(Connection tx, UUID referralId) {
        return Sql.on(tx)
                .createQuery("SELECT * FROM referral_judgement WHERE referral_id = :referral "
                        + "ORDER BY round, rank = 0, rank, agency_id")
                .bind("referral", referralId)
                .map((row, context) -> new RoundJudgement(row.getInt("round"), readJudgement(row)))
                .list();
    }

    /** @param round the offer it led to, or would have led to */
    record RoundJudgement(int round, Judgement judgement) {}

    private static Judgement readJudgement(ResultSet row) throws SQLException {
        var failed = new ArrayList<Criterion>();
        for (var name : (String[]) row.getArray("failed").getArray()) {
            failed.add(Criterion.valueOf(name));
        }
        return new Judgement(
                row.getObject("agency_id", UUID.class),
                row.getInt("rank"),
                failed,
                row.getInt("taken"),
                row.getInt("places"));
    }

    private static Offer read(ResultSet row) throws SQLException {
        var answer = row.getString("answer");
        var reason = row.getString("reason");
        var answeredAt = row.getTimestamp("answered_at");
        return new Offer(
                row.getObject("referral_id", UUID.class),
                row.getInt("round"),
                row.getObject("agency_id", UUID.class),
                row.getTimestamp("offered_at").toInstant(),
                row.getTimestamp("expires_at").toInstant(),
                answer == null ? null : OfferAnswer.valueOf(answer),
                reason == null ? null : RefusalReason.valueOf(reason),
                answeredAt == null ? null : answeredAt.toInstant());
    }
}
