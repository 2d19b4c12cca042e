-- What the sample service keeps.
CREATE TABLE note (
    id      uuid PRIMARY KEY,
    text    text NOT NULL UNIQUE,
    stars   int  NOT NULL,
    version int  NOT NULL
);
