package org.dunlin.agency;

/** An agency reported something that the process of its case does not know yet. Published within the recording transaction. */
record AgencyReported(long reportId) {}
