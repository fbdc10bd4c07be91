/** Deployment of BPMN, DMN and forms, and the guard around what models may do. */
package org.dunlin.platform.models;
