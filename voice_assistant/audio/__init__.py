"""Sound: frames and clips, the microphone, the loudspeaker and its mixer, echo, files."""
