package org.jikimi.systemtests;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.regex.Pattern;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.ListOffsetsResult.ListOffsetsResultInfo;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.common.TopicPartition;
import org.jspecify.annotations.Nullable;

/** What is still on its way between the services, as metrics and lag tools show it to those who run the platform. */
public final class Backlog {
    private static final List<String> GROUPS = List.of("screening", "case", "referral", "notification");
    private static final Pattern WAITING =
            Pattern.compile("(?m)^(jikimi_outbox_unsent|jikimi_inbox_parked)(\\{[^}]*})? ([0-9.E]+)$");

    private Backlog() {}

    /** A line for each thing that waits: events not sent, events parked, partitions not read to their end. */
    public static List<String> of(Map<String, Object> kafka, Rest rest) {
        var waiting = new ArrayList<String>();
        for (var service : Rest.Service.values()) {
            var shown = WAITING.matcher(
                    rest.anonymous().send("GET", service, "/q/metrics").text());
            int gauges = 0;
            while (shown.find()) {
                gauges++;
                if (Double.parseDouble(shown.group(3)) > 0) {
                    waiting.add(service + " " + shown.group());
                }
            }
            if (gauges < 2) {
                waiting.add(service + " shows no gauges");
            }
        }
        try (var admin = Admin.create(new HashMap<>(kafka))) {
            for (var group : GROUPS) {
                waiting.addAll(lag(admin, group));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        } catch (ExecutionException e) {
            waiting.add("Kafka does not answer: " + e.getMessage());
        }
        return waiting;
    }

    private static List<String> lag(Admin admin, String group) throws InterruptedException, ExecutionException {
        var read = new ArrayList<TopicPartition>();
        admin.describeConsumerGroups(List.of(group))
                .all()
                .get()
                .values()
                .forEach(described -> described
                        .members()
                        .forEach(member -> read.addAll(member.assignment().topicPartitions())));
        if (read.isEmpty()) {
            return List.of(group + " reads nothing");
        }
        var ends = new HashMap<TopicPartition, OffsetSpec>();
        read.forEach(partition -> ends.put(partition, OffsetSpec.latest()));
        var last = admin.listOffsets(ends).all().get();
        var committed = admin.listConsumerGroupOffsets(group)
                .partitionsToOffsetAndMetadata()
                .get();
        return read.stream()
                .filter(partition -> end(last.get(partition)) > next(committed.get(partition)))
                .map(partition -> group + " has read " + partition + " to " + next(committed.get(partition)) + " of "
                        + end(last.get(partition)))
                .toList();
    }

    private static long end(@Nullable ListOffsetsResultInfo info) {
        return info == null ? 0 : info.offset();
    }

    private static long next(@Nullable OffsetAndMetadata committed) {
        return committed == null ? 0 : committed.offset();
    }
}
