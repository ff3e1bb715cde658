-- What managers look back on, by when it was: what closed tickets were rated poorly for, where we were late, what was answered.
CREATE INDEX ticket_poor ON ticket (json_extract(rating, '$.at') DESC, id)
    WHERE state = 'closed' AND json_extract(rating, '$.stars') <= 2;
CREATE INDEX ticket_late ON ticket (
    CASE WHEN solved_at > resolution_due THEN solved_at
        WHEN coalesce(replied_at, solved_at) > response_due THEN coalesce(replied_at, solved_at) END DESC, id
) WHERE state = 'closed' AND
    CASE WHEN solved_at > resolution_due THEN solved_at
        WHEN coalesce(replied_at, solved_at) > response_due THEN coalesce(replied_at, solved_at) END IS NOT NULL;
CREATE INDEX survey_answer_on ON survey_answer ("on" DESC, id);
