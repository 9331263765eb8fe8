package main

import "github.com/subosito/gotenv"

func read(path string) (map[string]string, error) {
	return changed(func() error { return gotenv.Load(path) })
}
