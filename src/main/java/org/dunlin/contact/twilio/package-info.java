/** The telephone company behind text messages and voice calls: one request per attempt, its answers judged, its webhooks verified. */
package org.dunlin.contact.twilio;
