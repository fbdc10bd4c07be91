package org.dunlin.contact.log;

import org.dunlin.contact.Channel;
import org.jspecify.annotations.Nullable;

/** A contact about to be claimed. */
public record NewContact(long caseId, Occurrence occurrence, int rung, Channel channel, @Nullable String template) {}
