-- What the city's own work finds has a source of its own, which no agency can have.
UPDATE signal SET source = 'jikimi/case-service'
WHERE source = 'case-service' AND (signal_id LIKE 'determination/%' OR signal_id LIKE 'refused-visit/%');
