package org.jikimi.testkit;

/** The parts that all tests of a JVM share, each started when first asked for and ended with the JVM. */
public final class Parts {
    static final Scopes SCOPES = new Scopes();

    private Parts() {}

    public static TestPostgres postgres() {
        return Postgres.SERVER;
    }

    public static TestKafka kafka() {
        return Kafka.BROKER;
    }

    private static final class Postgres {
        static final TestPostgres SERVER =
                SCOPES.isOpen() ? TestPostgres.startForManyDatabases(SCOPES) : TestPostgres.startToMeasure();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(SERVER::close));
        }
    }

    private static final class Kafka {
        static final TestKafka BROKER = TestKafka.start();

        static {
            Runtime.getRuntime().addShutdownHook(new Thread(BROKER::close));
        }
    }
}
