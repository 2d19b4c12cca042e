-- When the sender of a batch that broke off last began to send it again.
ALTER TABLE batch ADD resumed_at timestamptz;
