-- What a person found of the automated part that was objected to.
ALTER TABLE rights_request ADD review text CHECK (review IN ('UPHELD', 'CONFIRMED', 'EXPLAINED'));

-- A child of the backlog does not move up once an objection to its selection was upheld: the request it was withdrawn for.
ALTER TABLE flag ADD withdrawn_for uuid;
