package org.dunlin.contact.sales;

/** An overview in words. */
record Overview(String subject, String text, String html) {}
