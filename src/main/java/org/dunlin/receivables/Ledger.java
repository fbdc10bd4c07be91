package org.dunlin.receivables;

import org.springframework.stereotype.Repository;

/** Writes the ledger. */
@Repository
public class Ledger {}
