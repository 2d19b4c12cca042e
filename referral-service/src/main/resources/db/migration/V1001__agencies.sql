-- The directory of agencies. Addresses and phones are not kept: those of a shelter must not be, the others are public.
CREATE TABLE agency (
    id            uuid        PRIMARY KEY,
    version       bigint      NOT NULL,
    kind          text        NOT NULL,
    name          text        NOT NULL,
    district_code text        NOT NULL,
    catchment     text[]      NOT NULL, -- districts it serves
    state         text        NOT NULL CHECK (state IN ('PLANNED', 'OPEN', 'RENOVATING', 'CLOSED')),
    registered_at timestamptz NOT NULL
);
CREATE INDEX agency_catchment ON agency USING gin (catchment);
CREATE INDEX agency_kind ON agency (kind);

-- How many children an agency takes for a service, from a day on. Beds are the places of the service SHELTER_PLACE.
CREATE TABLE agency_places (
    agency_id    uuid NOT NULL,
    service_code text NOT NULL,
    valid_from   date NOT NULL,
    places       int  NOT NULL CHECK (places >= 0),
    PRIMARY KEY (agency_id, service_code, valid_from)
);

-- Agencies that must not be offered a child, because they are accused in its matter.
CREATE TABLE exclusion (
    child_id  uuid NOT NULL,
    agency_id uuid NOT NULL,
    PRIMARY KEY (child_id, agency_id)
);
