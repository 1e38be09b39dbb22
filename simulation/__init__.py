"""jobcentersim: a discrete-event microsimulation of Danish labour-market interventions."""
