-- From what a learned version of the scorecard was learned, as JSON.
CREATE TABLE model_training (
    version  text PRIMARY KEY,
    training text NOT NULL
);
