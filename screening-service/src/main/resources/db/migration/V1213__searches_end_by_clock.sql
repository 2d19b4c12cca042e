-- What ended a search may end those of one outcome alone: those of visits that were refused, by the clock until a visit with the police.
ALTER TABLE search_end ADD outcome text;
