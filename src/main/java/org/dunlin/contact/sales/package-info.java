/** What account managers are told about their customers, week by week. */
package org.dunlin.contact.sales;
