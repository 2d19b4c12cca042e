-- How a topic that was lost and made anew is told from the old one of its name: docs/adr/0010.

-- The topics that the relay has sent to.
CREATE TABLE relay_topic (
    topic    text PRIMARY KEY,
    topic_id text NOT NULL -- as Kafka names it
);

-- The topics that the stored offsets are of.
CREATE TABLE inbox_topic (
    consumer text NOT NULL,
    topic    text NOT NULL,
    topic_id text NOT NULL,
    PRIMARY KEY (consumer, topic)
);
