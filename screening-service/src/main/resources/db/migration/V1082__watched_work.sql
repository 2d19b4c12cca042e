-- Until when a closed case file is watched 사후관리.
ALTER TABLE open_work ADD watched_until date;
