-- Which indicator a rejected line names, as far as it could be read: a code of the catalogue, and nothing else of the line.
ALTER TABLE batch_rejection ADD indicator text;
