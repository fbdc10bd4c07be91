/** Addresses and numbers by which a customer was not reached, and their correction by a person. */
package org.dunlin.contact.details;
