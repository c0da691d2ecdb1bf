package directive

// The stages of a plan that is made, submitted and approved (clause S1.7).
const (
	StepMade      = "lap"
	StepSubmitted = "trinh"
	StepApproved  = "phe-duyet"
	StepSingle    = "xong" // no stages: done is done
)

// PlanSteps are the stages of a plan, of which closes completes the duty:
// submitting, unless the office says otherwise. StepSingle gives one step, and
// "" none: then the rules of tasks decide by the words of the duty.
func PlanSteps(closes string) []Step {
	switch closes {
	case StepMade, StepSubmitted, StepApproved:
	case StepSingle:
		return []Step{{StepSingle, "Hoàn thành", true}}
	default:
		return nil
	}
	return []Step{
		{StepMade, "Lập xong", closes == StepMade},
		{StepSubmitted, "Trình thẩm định", closes == StepSubmitted},
		{StepApproved, "Phê duyệt", closes == StepApproved},
	}
}

// Closing is the key of the step that completes a duty, "" where it has none of
// its own.
func (d *Duty) Closing() string {
	for _, s := range d.Steps {
		if s.Closes {
			return s.Key
		}
	}
	return ""
}
