package org.jikimi.local;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ThreadLocalRandom;

/** The ports of the stack, all on 127.0.0.1. */
record Ports(
        int screening,
        int cases,
        int referral,
        int notification,
        int keycloak,
        int postgres,
        int kafka,
        int kafkaController,
        int smtp) {

    static final int COUNT = 9;

    static Ports standard() {
        return new Ports(8081, 8082, 8083, 8084, 8180, 15432, 19092, 19093, 3025);
    }

    /** Nine ports in a row, in the order of the components. */
    static Ports from(int first) {
        if (first < 1024 || first + COUNT - 1 > 65535) {
            throw new StackFailure("--ports-from takes 1024 to " + (65535 - COUNT + 1) + ", not " + first + ".");
        }
        return new Ports(first, first + 1, first + 2, first + 3, first + 4, first + 5, first + 6, first + 7, first + 8);
    }

    /** Nine ports in a row on which nothing listens now. */
    static Ports free() {
        while (true) {
            var ports = from(ThreadLocalRandom.current().nextInt(20_000, 32_000));
            if (ports.byPart().values().stream().allMatch(Ports::isFree)) {
                return ports;
            }
        }
    }

    int of(Service service) {
        return switch (service) {
            case SCREENING -> screening;
            case CASE -> cases;
            case REFERRAL -> referral;
            case NOTIFICATION -> notification;
        };
    }

    /** Each port by the name of the part that listens there. */
    Map<String, Integer> byPart() {
        var ports = new LinkedHashMap<String, Integer>();
        for (var service : Service.values()) {
            ports.put(service.module(), of(service));
        }
        ports.put("keycloak", keycloak);
        ports.put("postgresql", postgres);
        ports.put("kafka", kafka);
        ports.put("kafka-controller", kafkaController);
        ports.put("smtp", smtp);
        return ports;
    }

    static Ports of(Properties known) {
        var standard = standard().byPart();
        var port = new Object() {
            int of(String part) {
                return Integer.parseInt(known.getProperty(part, String.valueOf(standard.get(part))));
            }
        };
        return new Ports(
                port.of("screening-service"),
                port.of("case-service"),
                port.of("referral-service"),
                port.of("notification-service"),
                port.of("keycloak"),
                port.of("postgresql"),
                port.of("kafka"),
                port.of("kafka-controller"),
                port.of("smtp"));
    }

    /** Fails with one sentence if something listens on one of the ports already. */
    void requireFree() {
        byPart().forEach((part, port) -> {
            if (!isFree(port)) {
                throw new StackFailure("Port " + port + " of " + part
                        + " is taken: end what listens there, or move all ports with --ports-from.");
            }
        });
    }

    static boolean isFree(int port) {
        try (var socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 1);
            return true;
        } catch (IOException taken) {
            return false;
        }
    }
}
