package org.jikimi.testkit;

/** The parts that all tests of a JVM share, each started when first asked for and ended with the JVM. */
public final class Parts {
    static final Scopes SCOPES = new Scopes();

    private static volatile boolean measuring;

    private Parts() {}

    /** Has PostgreSQL, which must not have been asked for yet, started as production runs it: a benchmark's first call. */
    public static void measure() {
        measuring = true;
    }

    public static TestPostgres postgres() {
        return Postgres.SERVER;
    }

    public static TestKafka kafka() {
        return Kafka.BROKER;
    }

    private static final class Postgres {
        static final TestPostgres SERVER = start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }

        private static TestPostgres start() {
            if (measuring) {
                return TestPostgres.startToMeasure();
            }
            return SCOPES.isOpen() ? TestPostgres.startForManyDatabases(SCOPES) : TestPostgres.start();
        }
    }

    private static final class Kafka {
        static final TestKafka BROKER = TestKafka.start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(BROKER::close));
        }
    }
}
