-- Why a round was given up before it had flagged anybody; null for any other. Its state is CLOSED, as earlier releases know it.
ALTER TABLE round ADD cancelled_for text;
