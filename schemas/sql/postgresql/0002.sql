-- Version 2. Room that is kept for the log: emptied when the disk is full. What stands there says
-- nothing, and a crash of the server may take it. Of a type that is never stored apart: to empty
-- that place would need room.
CREATE UNLOGGED TABLE gcp2.spare (room bigint NOT NULL);
